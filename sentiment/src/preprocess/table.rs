//! Texts and their tokens, one rule after another.

use super::{PreprocessConfig, Preprocessor, TokenKind};

fn words(text: &str) -> Vec<String> {
    let brands = vec!["united".to_owned(), "jetblue".to_owned()];
    Preprocessor::new(&PreprocessConfig { brands, ..PreprocessConfig::default() }).words(text)
}

/// Checks rows of a text and its tokens, which are set apart by single spaces.
#[track_caller]
fn check(rows: &[(&str, &str)]) {
    for (text, tokens) in rows {
        assert_eq!(words(text).join(" "), *tokens, "of {text:?}");
    }
}

#[test]
fn plain_words_are_put_in_lower_case() {
    check(&[
        ("Thank you for a great flight", "thank you for a great flight"),
        ("  late \t again\n", "late again"),
        ("ÉTÉ à Zürich", "<shout> été à zürich"),
        ("İstanbul", "i\u{307}stanbul"),
    ]);
}

#[test]
fn entities_are_decoded_however_often_they_were_encoded() {
    check(&[
        ("bags &amp; boarding", "bags & boarding"),
        ("bags &amp;amp; boarding", "bags & boarding"),
        ("I &lt;3 it", "i <3 it"),
        ("I &amp;lt;3 it", "i <3 it"),
        ("don&#39;t", "don't"),
        ("don&#x27;t", "don't"),
        ("don&amp;#039;t", "don't"),
        ("caf&eacute;", "café"),
        ("&quot;great&quot;", "\" great \""),
        ("this&notthat AT&T", "this & notthat at & t"),
        ("&bogus; &", "& bogus ; &"),
        ("&nbsp;", "<unk>"),
    ]);
}

#[test]
fn one_character_has_one_form() {
    check(&[
        ("don’t, don‘t, don`t", "don't , don't , don't"),
        ("“great”", "\" great \""),
        ("« super »", "\" super \""),
        ("ﬁne ｇｏｏｄ 𝓰𝓻𝓮𝓪𝓽", "fine good great"),
        ("cafe\u{301}", "café"),
        ("wait…", "wait ..."),
        ("late – again — ugh", "late - again - ugh"),
        ("United™ JetBlue®", "united jetblue"),
        ("so\u{ad}ft\u{200b}ly \u{feff}now", "softly now"),
    ]);
}

#[test]
fn addresses_are_masked() {
    check(&[
        ("see https://t.co/AbC?x=1&y=2 now", "see <url> now"),
        ("HTTP://T.CO/X", "<url>"),
        ("www.example.org", "<url>"),
        ("(http://t.co/x)", "( <url>"),
        ("bit.ly/abc and pic.twitter.com/xyz", "<url> and <url>"),
        ("united.com is down.", "<url> is down ."),
        ("via http", "via <url>"),
        ("https://t.co/x😡", "<url> 😡"),
        ("mail me@airline.example.com.", "mail <email> ."),
        ("late.Again. e.g. and/or", "late . again . e . g . and / or"),
    ]);
}

#[test]
fn handles_are_masked_but_a_brand_is_told_from_a_person() {
    check(&[
        ("@united @UNITED you lost it", "<brand> <brand> you lost it"),
        (".@JetBlue!", ". <brand> !"),
        ("@user @some_one2 hi", "<user> <user> hi"),
        ("@united_fan", "<user>"),
        ("@united's crew", "<brand> ' s crew"),
        ("@ home", "@ home"),
    ]);
}

#[test]
fn a_brand_can_stay_a_word() {
    let config =
        PreprocessConfig { brands: vec!["@United".to_owned()], brand_token: false, max_tokens: 64 };
    assert_eq!(
        Preprocessor::new(&config).words("@uniTED and @Other"),
        ["@united", "and", "<user>"]
    );
}

#[test]
fn hashtags_are_split_into_their_words() {
    check(&[
        ("#fail", "<hashtag> fail"),
        ("#LateFlight", "<hashtag> late flight"),
        ("#JFKDelays", "<hashtag> jfk delays"),
        ("#worstAirlineEVER", "<hashtag> worst airline ever"),
        ("#FAIL", "<hashtag> fail"),
        ("#never_again", "<hashtag> never again"),
        ("#Flight1234", "<hashtag> flight <num>"),
        ("#50ShadesOfLate", "<hashtag> <num> shades of late"),
        ("#DéjàVu", "<hashtag> déjà vu"),
        ("#à_l_heure!", "<hashtag> à l heure !"),
        ("#1 airline", "# <num> airline"),
        ("#a#b", "<hashtag> a <hashtag> b"),
        ("# ##", "# #"),
    ]);
}

#[test]
fn an_emoticon_has_one_form() {
    check(&[
        (":) :-) =) :] :)))) (: (-:", ":) :) :) :) :) :) :)"),
        (":( :-( =( :[ :(((( ):", ":( :( :( :( :( :("),
        (":D :-D =D :DDD", ":d :d :d :d"),
        (";) ;-)", ";) ;)"),
        (":P :-p :/ :-\\ :| :O :-* :S", ":p :p :/ :/ :| :o :* :s"),
        (":'( :'-( :')", ":'( :'( :')"),
        (">:( :@", ">:( :@"),
        ("&lt;3 <333 </3", "<3 <3 </3"),
        ("XD xD xdddd", "xd xd xd"),
        ("^_^ ^^ ^.^ -_- -__- T_T o_O", "^_^ ^_^ ^_^ -_- -_- t_t o_o"),
        ("thanks:)", "thanks :)"),
        ("thanks :), bye", "thanks :) , bye"),
    ]);
}

#[test]
fn what_only_looks_like_an_emoticon_is_none() {
    check(&[
        ("from:Delta", "from : delta"),
        ("note:so", "note : so"),
        ("a:(b)", "a : ( b )"),
        ("<30 min", "< <num> min"),
        ("score 0.0", "score <num>"),
        ("xd2", "xd2"),
        ("(see: below)", "( see : below )"),
    ]);
}

#[test]
fn an_emoji_is_one_token_whatever_its_skin() {
    check(&[
        ("love it😍", "love it 😍"),
        ("👍🏽 👍", "👍 👍"),
        ("❤️ ❤ ☹️", "❤ ❤ ☹"),
        ("😂😂😂😂😂", "😂 😂"),
        ("😂😡", "😂 😡"),
        ("🤷🏻‍♀️ 🤷‍♂️", "🤷 🤷"),
        ("👨‍👩‍👧", "👨\u{200d}👩\u{200d}👧"),
        ("🇫🇷🇬🇧", "🇫🇷 🇬🇧"),
        ("✈️late", "✈ late"),
        ("1️⃣", "<num>"),
    ]);
}

#[test]
fn numbers_are_masked_and_their_units_kept() {
    check(&[
        ("7:30", "<num>"),
        ("2h late, 45min", "<num> h late , <num> min"),
        ("$300 or €1,200.50", "$ <num> or € <num>"),
        ("50% off", "<num> % off"),
        ("2/17 24/7 2-3 555-0100", "<num> <num> <num> <num>"),
        ("3pm. 1st", "<num> pm . <num> st"),
        ("on 5.", "on <num> ."),
        ("٣٠ ريال", "<num> ريال"),
    ]);
}

#[test]
fn a_flight_number_is_told_from_other_words_with_digits() {
    check(&[
        ("UA1234 ua12", "<flight> <flight>"),
        ("flight 1234", "flight <num>"),
        ("gr8 b4 mp3 U2", "gr8 b4 mp3 u2"),
        ("A320", "a <num>"),
        ("B737s", "b <num> s"),
    ]);
}

#[test]
fn negations_and_contractions_stay_whole() {
    check(&[
        ("I don't, can't, ain't", "i don't , can't , ain't"),
        ("isnt dont not never no", "isnt dont not never no"),
        ("I'm you've they'll we'd", "i'm you've they'll we'd"),
        ("it's that's let's", "it's that's let's"),
        ("the airline's bag", "the airline 's bag"),
        ("o'clock y'all", "o'clock y'all"),
        ("w/o bags n/a", "w/o bags n/a"),
        ("'quoted'", "' quoted '"),
    ]);
}

#[test]
fn french_elisions_are_split_off() {
    check(&[
        ("l'avion", "l' avion"),
        ("L’avion n’est pas à l’heure", "l' avion n' est pas à l' heure"),
        ("j'ai c'est qu'il jusqu'à", "j' ai c' est qu' il jusqu' à"),
        ("aujourd'hui", "aujourd'hui"),
        ("d'aujourd'hui", "d' aujourd'hui"),
        ("s'il n'y a", "s' il n' y a"),
        ("l'été, l'hôtel", "l' été , l' hôtel"),
        ("quelqu'un peut-être", "quelqu' un peut être"),
        ("c'mon", "c'mon"),
        ("dell'aereo", "dell' aereo"),
    ]);
}

#[test]
fn emphasis_by_repetition_is_shortened_and_marked() {
    check(&[
        ("sooooo gooood", "soo <elong> good <elong>"),
        ("whyyyy pleaaase", "why <elong> please <elong>"),
        ("good feel", "good feel"),
        ("hahahahah jajaja lolololol haha", "haha jaja lolo haha"),
        ("#sooooLate", "<hashtag> soo <elong> late"),
        ("génnnnial", "génnial <elong>"),
    ]);
}

#[test]
fn shouting_is_marked_once_and_undone_by_a_spoken_word() {
    check(&[
        ("I HATE this", "i <shout> hate this"),
        ("WORST AIRLINE EVER", "<shout> worst airline ever"),
        ("THIS IS BAD and then WORSE", "<shout> this is bad and then <shout> worse"),
        ("OK TV", "ok tv"),
        ("DON'T", "<shout> don't"),
        ("NOOOOO", "<shout> noo <elong>"),
    ]);
}

#[test]
fn punctuation_is_loud_or_not() {
    check(&[
        ("no! no!! no!!!!!", "no ! no !! no !!"),
        ("why? why??? why?!?!", "why ? why ?? why ?!"),
        ("well. well.. well.....", "well . well ... well ..."),
        ("sh** -----", "sh ** -"),
        ("a,b;c", "a , b ; c"),
        ("on-time snake_case", "on time snake case"),
        ("<user> <pad>", "< user > < pad >"),
        ("?", "?"),
    ]);
}

#[test]
fn every_script_has_words() {
    check(&[
        ("飛行機が遅れた", "飛 行 機 が 遅 れ た"),
        ("航班 delayed", "航 班 delayed"),
        ("ขอ", "ข อ"),
        ("नहीं अच्छा", "नहीं अच्छा"),
        ("الرحلة متأخرة", "الرحلة متأخرة"),
        ("비행기가 늦었다", "비행기가 늦었다"),
        ("Рейс ОПОЗДАЛ", "рейс <shout> опоздал"),
    ]);
}

#[test]
fn a_long_text_is_cut_at_its_end() {
    let config = PreprocessConfig { max_tokens: 3, ..PreprocessConfig::default() };
    assert_eq!(Preprocessor::new(&config).words("one two three four"), ["one", "two", "three"]);
    let config = PreprocessConfig { max_tokens: 0, ..PreprocessConfig::default() };
    assert_eq!(Preprocessor::new(&config).words("one two"), ["one"]);
}

#[test]
fn a_token_tells_its_kind() {
    for (tokens, kind) in [
        (&["good", "don't", "l'", "飛", "نعم", "w/o"][..], TokenKind::Word),
        (&["😀", "🇫🇷", ":)", ":d", "<3", "t_t"][..], TokenKind::Picture),
        (&["<url>", "<unk>", "<elong>", "@united"][..], TokenKind::Mark),
        (&["!!", "...", "<", ">", "$", "@"][..], TokenKind::Punctuation),
    ] {
        for token in tokens {
            assert_eq!(TokenKind::of(token), kind, "{token}");
        }
    }
}
