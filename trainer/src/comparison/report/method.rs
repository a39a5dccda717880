//! How the figures are made, for whoever wants to make them again.

pub const SECTION: &str = "## How the figures are made

- **A row's answer** is its most probable class; of equal ones the first. Where *two classes* compete, neutral's probability is given up and the
  larger of negative and positive counts. Where *reasons* compete, what the model gives to \"none of them\" is given up in the same way.
- **Accuracy** is the share of rows that are right. **Precision**, **recall** and **F1** of a class are the usual ones; *macro* is their plain mean over
  the classes (as scikit-learn has it: a class that is there but never said has precision 0). **AUC** is the area under the ROC curve, of more than two
  classes the mean of each against the rest.
- **ECE**, the expected calibration error, is the mean distance of confidence and accuracy over 15 bins of equal width of the most probable class's
  probability, weighted by rows.
- **Intervals** hold 95 %. Those of accuracy, precision and recall are Wilson's. The others are percentiles of 1,000 bootstrap drawings of
  the rows, moved by the drawings' bias, which matters for ECE alone: repeated rows make it look worse. They tell how much the figure would change with other
  rows of the same kind; not what another training with another seed, or tweets of another year, would give.
- **Two models** are compared on the same rows: accuracy by McNemar's test in its mid-p form, the other figures by the differences under the same
  drawings.
- **Kinds of text**: the number of words between white space; the share of words that the model itself does not know (a model that reads parts of words
  knows all of them); whether one of a list of negations occurs; the airline; the language that the model sees. Kinds of fewer than 30 rows are left out.
- Probabilities are kept to five digits, those of reasons to four; a figure may differ from a card's in the last digit.

What these figures do not say: Sentiment140's labels come from emoticons, about 85 % of them agree with people, and to people 38 % of its texts are
neutral. The airline set is of one week of 2015 and six airlines. UMSAB's sets are small and balanced by design, unlike any stream of tweets.
";
