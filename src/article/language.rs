//! Guessing the language of a text by its function words.

use crate::text::{among, fold};

/// How many bytes of a text are examined.
const SAMPLE: usize = 64 << 10;

const FRENCH: &str = "\
    et est une dans pour pas sur avec aux cette les des du qui par sont mais ses ont etait selon ete plus ce il \
    elle au ne leur nous vous je";
const ENGLISH: &str = "\
    the and of to is was that for with his her are by has had have been were from not but they said who which at \
    this it he she we you";
/// Function words of languages that share some with these two: Spanish, Portuguese, Italian, Catalan, German, Dutch.
const OTHERS: &str = "\
    el los las una y con por para del se como su o os um uma na nao com il che di della gli sono non per i els \
    amb der die das und den dem ein eine ist nicht mit von zu het een van en dat op te niet voor";

/// `fr` or `en` where the function words of the text clearly suggest it, otherwise `None`.
pub(super) fn language_of(text: &str) -> Option<&'static str> {
    let sample = fold(&text[..text.floor_char_boundary(text.len().min(SAMPLE))]);
    let (mut words, mut french, mut english, mut others) = (0_u32, 0_u32, 0_u32, 0_u32);
    for word in sample.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        words += 1;
        french += u32::from(among(FRENCH, word));
        english += u32::from(among(ENGLISH, word));
        others += u32::from(among(OTHERS, word));
    }
    let clear = |own: u32, other: u32| {
        own >= 3 && own * 100 >= words * 8 && own > 2 * other && own > others
    };
    match () {
        () if clear(french, english) => Some("fr"),
        () if clear(english, french) => Some("en"),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::language_of;

    #[test]
    fn french_and_english_are_told_and_others_are_not_guessed() {
        for (text, language) in [
            (
                "Le conseil d’administration a licencié vendredi le PDG, et les salariés ne sont pas avec lui.",
                Some("fr"),
            ),
            ("LES SALARIÉS DE L’ENTREPRISE SONT DANS LA RUE POUR LEUR PDG", Some("fr")),
            (
                "The board said that it was not consistent with its duties, and he was removed from his post.",
                Some("en"),
            ),
            (
                "El consejo de administración despidió a los directivos y se reunió con los empleados para hablar.",
                None,
            ),
            (
                "Il consiglio non ha detto che cosa sono gli atti della società e con chi per il momento parla.",
                None,
            ),
            (
                "Der Vorstand hat die Leitung mit dem Rat und den Zahlen nicht überzeugt, das ist ein Problem.",
                None,
            ),
            ("董事会解雇了首席执行官。", None),
            ("Altman", None),
            ("", None),
        ] {
            assert_eq!(language_of(text), language, "{text}");
        }
    }
}
