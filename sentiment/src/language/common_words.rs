//! The everyday words of the languages that people tweet in, in Latin letters.
//!
//! Trigrams, as whatlang counts them, need a paragraph to be sure, and longer than our model needs
//! to read it. Two everyday words tell the language of a tweet, in a few microseconds.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Languages, and the words that are frequent in them. Apostrophes part words: "c'est" is "c", "est".
const LANGUAGES: [(&str, &str); 12] = [
    (
        "en",
        "the to you and i is it in of for on my that me with your at have be this was just so not are we but can get \
         out all up what when from don how now they will they'll no do if as why by about has one had been time back \
         there an their would more who our or am he she his her him them were did didn doesn isn wasn won couldn ain \
         dont cant im ive thats its isnt wont didnt going want need know see go good great love bad worst best never \
         still really thanks thank please hope today tomorrow day new because after than then only too here over \
         very make could should into off again got u ur lol flight flights airline hours customer service bag bags \
         like much well people way right better happy nice sorry wait waiting help hey yes oh every some which",
    ),
    (
        "fr",
        "le la les un une des du de et est je tu il elle on nous vous ils elles que qui quoi ne pas plus pour dans sur \
         avec ce cette ces c j l d qu n s mon ma mes ton ta tes son sa ses notre votre nos vos leur au aux mais ou où \
         donc si tout tous toute très bien bon bonne trop fait faire être avoir suis es sont était été ai as a avez \
         avons ont va vais merci bonjour quand comme comment pourquoi parce aussi encore jamais toujours rien même \
         moi toi lui chez sans sous entre après avant ça cela y en par non oui peu beaucoup vol heure heures retard",
    ),
    (
        "es",
        "el la los las un una unos de del y o que en a no se me te le lo mi tu su por para con es son está están \
         estoy eres soy ser muy más pero como cuando porque qué si sí ya todo todos toda todas esta este esto eso ese \
         hay fue ha he han yo él ella nos al sin sobre también bien mal hoy gracias hola nada siempre nunca ahora \
         mejor tan vez día días hace tiene tengo voy va vamos quiero gente mis sus tus les cada donde ni hasta desde",
    ),
    (
        "de",
        "der die das und ist ich nicht du er sie es wir ihr ein eine einen einem einer den dem des zu mit auf für von \
         im in an so auch wie was wenn dass aber noch nur schon mal ja nein oder wird war bin bist sind hat habe haben \
         hab kann mich mir dich dir sich mein meine dein bei nach aus um über vor am vom zum zur als man da doch jetzt \
         heute immer wieder mehr sehr gut danke warum gibt geht alle alles nichts euch uns diese dieser kein keine",
    ),
    (
        "it",
        "il lo la i gli le un una uno di del della dei delle che e è non per in con su da dal dalla al alla ai si mi ti \
         ci vi ma se come anche più sono sei siamo ho hai ha hanno abbiamo questo questa quello quella quando perché \
         chi cosa tutto tutti tutta molto bene male io tu lui lei noi voi loro mio mia tuo suo sua nel nella ora oggi \
         sempre mai ancora già solo poi fa fare era essere stato c l dell un po grazie ciao così senza ogni dopo",
    ),
    (
        "pt",
        "o a os as um uma de do da dos das e que em no na nos nas não é se eu tu ele ela você vocês meu minha seu sua \
         por para pra com mais mas como quando porque muito bem já só tá tô está estou são ser foi vai vou tem tenho \
         isso essa esse este esta ai ao até também sem sobre hoje agora sempre nunca nada tudo todo todos gente aqui \
         lá né me te lhe obrigado obrigada bom boa dia q vc pq ou nem cara quem onde depois ainda fazer",
    ),
    (
        "nl",
        "de het een en van ik je is dat die niet in te op voor met zijn maar er aan ook om als dan nog wel geen was \
         hij ze we wat naar bij heb heeft hebben ben bent kan moet mijn jij jou jouw zo al door over uit tot gaat ga \
         wil weer nu meer heel goed veel hoe waarom dit deze daar hier waar toch altijd nooit iets niks bedankt dank",
    ),
    (
        "sv",
        "och det att i en jag som är på för av med till den har inte om ett men var så vi hon han du kan från när nu \
         ska skulle bara eller mig dig min din mycket bra vad alla sig här där hur tack idag aldrig alltid också",
    ),
    (
        "pl",
        "i w nie na się z do to że jest a o jak co ale po tak za od już mnie tylko czy ja ty był była było dla mi jestem \
         są ma mam przez bardzo gdzie kiedy dlaczego dziś dzisiaj nigdy zawsze dziękuję dzięki ten ta te tego też",
    ),
    (
        "tr",
        "bir ve bu da de ne için çok ben sen o biz siz mi mı gibi daha ama var yok değil kadar en sonra her şey diye \
         olarak bana sana beni seni olan nasıl niye neden hiç iyi kötü bugün yarın teşekkürler artık ya ki ile",
    ),
    (
        "id",
        "yang dan di ini itu aku saya kamu dia kita tidak gak nggak ga ada untuk dengan dari ke akan bisa juga sudah \
         udah kalau kalo apa mau lagi banget aja sama karena tapi jadi buat terima kasih selamat hari bukan masih",
    ),
    // Hindi as it is mostly typed.
    (
        "hi",
        "hai hain ka ki ke ko nahi nahin kya mein aur bhi ye yeh wo woh ho tha thi se par toh koi kuch apna apni mera \
         meri mere tum hum aap ab ek kar kare karo raha rahe rahi gaya bahut bohot kyun kyu kaise sab hi jo bhai",
    ),
];

/// What a word says: a bit for each language that it is frequent in.
static WORDS: LazyLock<HashMap<&'static str, u16>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for (language, (_, list)) in LANGUAGES.iter().enumerate() {
        for word in list.split_whitespace() {
            *words.entry(word).or_default() |= 1 << language;
        }
    }
    words
});

/// Counts, for one text, the words that speak for each language.
#[derive(Default)]
pub(super) struct Votes {
    words: u32,
    scores: [u32; LANGUAGES.len()],
}

impl Votes {
    /// A word of one language alone speaks three times as loud as one that several share.
    const OWN: u32 = 3;
    const SHARED: u32 = 1;

    /// Counts a word in lower case.
    pub(super) fn add(&mut self, word: &str) {
        self.words += 1;
        let Some(languages) = WORDS.get(word) else { return };
        let weight = if languages.count_ones() == 1 { Self::OWN } else { Self::SHARED };
        for (language, score) in self.scores.iter_mut().enumerate() {
            if languages & (1 << language) != 0 {
                *score += weight;
            }
        }
    }

    /// The language with the most votes, where it has two, half as many again as the next, and
    /// not in a sea of foreign words.
    pub(super) fn winner(&self) -> Option<&'static str> {
        let (winner, best) =
            self.scores.iter().copied().enumerate().max_by_key(|(_, score)| *score)?;
        let next = self
            .scores
            .iter()
            .enumerate()
            .filter(|(language, _)| *language != winner)
            .map(|(_, score)| *score);
        let is_clear =
            best > Self::OWN && 2 * best >= 3 * next.max().unwrap_or(0) && 4 * best >= self.words;
        is_clear.then_some(LANGUAGES[winner].0)
    }
}
