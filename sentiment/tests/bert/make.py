"""Makes the small encoders of this folder and what Hugging Face transformers computes with them.

    pip install torch transformers safetensors   # made with torch 2.15, transformers 5.23
    python make.py

Three architectures, randomly initialised: BERT and DistilBERT as they are saved with a task's head
(arrays called `bert.…` and `distilbert.…`), MiniLM (a BERT) as a bare encoder.
"""
import json
import pathlib

import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import (
    BertConfig, BertForSequenceClassification, BertModel,
    DistilBertConfig, DistilBertForSequenceClassification,
)

HERE = pathlib.Path(__file__).parent
PIECES = (
    "[PAD] [UNK] [CLS] [SEP] [MASK] a b c d e f g h i j k l m n o p q r s t u v w x y z ! ? . , ' @ # "
    "the my flight is late again thank you not good bad very ##s ##ed ##ing ##ly ##er http user 0"
).split()
TEXTS = [
    "my flight is late again!",
    "thank you, very good",
    "not good",
    "delayed",
    "the bad, bad flights @user http zzz",
]


def tokenizer():
    tokenizer = Tokenizer(models.WordPiece(
        {piece: number for number, piece in enumerate(PIECES)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    ends = [("[CLS]", PIECES.index("[CLS]")), ("[SEP]", PIECES.index("[SEP]"))]
    tokenizer.post_processor = processors.TemplateProcessing("[CLS] $A [SEP]", "[CLS] $A [SEP] $B [SEP]", ends)
    tokenizer.add_special_tokens(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"])
    return tokenizer


def randomise(model):
    """Larger than the usual ±.02, so that every weight matters."""
    for name, parameter in model.named_parameters():
        torch.nn.init.normal_(parameter, 1.0 if "norm.weight" in name.lower() else 0.0, 0.3)


BERT = dict(
    vocab_size=len(PIECES), hidden_size=16, num_hidden_layers=2, num_attention_heads=4,
    intermediate_size=24, max_position_embeddings=20, type_vocab_size=2)
MODELS = {
    "bert": (BertForSequenceClassification, BertConfig(**BERT), "bert"),
    "minilm": (BertModel, BertConfig(**{**BERT, "hidden_size": 24, "num_attention_heads": 12, "layer_norm_eps": 1e-12}), None),
    "distilbert": (DistilBertForSequenceClassification, DistilBertConfig(
        vocab_size=len(PIECES), dim=16, n_layers=2, n_heads=2, hidden_dim=32,
        max_position_embeddings=20), "distilbert"),
}

torch.manual_seed(1)
pieces = tokenizer()
for folder, (architecture, config, encoder) in MODELS.items():
    model = architecture(config).eval()
    randomise(model)
    model.save_pretrained(HERE / folder)
    (HERE / folder / "generation_config.json").unlink(missing_ok=True)
    pieces.save(str(HERE / folder / "tokenizer.json"))
    body = getattr(model, encoder) if encoder else model
    rows = []
    for text in TEXTS:
        ids = pieces.encode(text).ids
        with torch.no_grad():
            hidden = body(input_ids=torch.tensor([ids]), attention_mask=torch.ones(1, len(ids))).last_hidden_state[0]
        rows.append({"text": text, "ids": ids, "hidden_states": [[round(x, 6) for x in token] for token in hidden.tolist()]})
    (HERE / folder / "expected.json").write_text(json.dumps(rows, indent=None) + "\n")
