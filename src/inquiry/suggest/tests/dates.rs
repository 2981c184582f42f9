//! Dates: what is found, and as which date.

use super::*;

#[test]
fn dates_are_told_by_the_day_of_the_article() {
    // 20 November 2023 is a Monday.
    assert_eq!(
        dates("Le 18 novembre 2023, vendredi, hier, lundi prochain et en janvier.", "fr"),
        [
            "18 novembre 2023 = 2023-11-18",
            "vendredi = 2023-11-17",
            "hier = 2023-11-19",
            "lundi prochain = 2023-11-27",
            "janvier = 2024-01"
        ]
    );
    assert_eq!(
        dates("jeudi 16 novembre, le 1er décembre, 17/11/2023", "fr"),
        ["jeudi 16 novembre = 2023-11-16", "1er décembre = 2023-12-01", "17/11/2023 = 2023-11-17"]
    );
    assert_eq!(
        dates(
            "November 17, 2023; on Friday; 3 March; late October; may march; last year; 2023-11-17",
            "en"
        ),
        [
            "November 17, 2023 = 2023-11-17",
            "Friday = 2023-11-17",
            "3 March = 2024-03-03",
            "October = 2023-10",
            "last year = 2022",
            "2023-11-17 = 2023-11-17"
        ]
    );
    assert_eq!(dates("On 03/06/2023 or 13/06/2023.", "en"), ["13/06/2023 = 2023-06-13"]);
}

#[test]
fn abbreviated_months_keep_their_year() {
    assert_eq!(
        dates("Le 2 sept. 2019, le 4 janv. 2020, en déc. 2021. Il part le 14 juil.", "fr"),
        [
            "2 sept. 2019 = 2019-09-02",
            "4 janv. 2020 = 2020-01-04",
            "déc. 2021 = 2021-12",
            "14 juil = 2023-07-14"
        ]
    );
    assert_eq!(
        dates("On Oct. 4, 2018, in Dec. 2020, the 5th of May, 2019 and June of 2017", "en"),
        [
            "Oct. 4, 2018 = 2018-10-04",
            "Dec. 2020 = 2020-12",
            "5th of May, 2019 = 2019-05-05",
            "June of 2017 = 2017-06"
        ]
    );
    assert_eq!(dates("En sept jours, depuis sept ans.", "fr"), Vec::<String>::new());
}

#[test]
fn years_of_two_digits_are_of_the_last_hundred_years() {
    assert_eq!(
        dates("Né en mai 52, parti le 6 juin 44.", "fr"),
        ["mai 52 = 1952-05", "6 juin 44 = 1944-06-06"]
    );
    assert_eq!(
        dates("Born in May ’52, gone in June '09", "en"),
        ["May ’52 = 1952-05", "June '09 = 2009-06"]
    );
    assert_eq!(dates("En mai 52 marins sont partis.", "fr"), ["mai = 2023-05"]);
}

#[test]
fn several_days_are_an_interval() {
    assert_eq!(
        dates(
            "Du 3 au 5 mars 2022, du 28 février au 2 mars 2021, entre le 6 et le 9 octobre, de mars à mai 2020",
            "fr"
        ),
        [
            "3 au 5 mars 2022 = 2022-03-03/2022-03-05",
            "28 février au 2 mars 2021 = 2021-02-28/2021-03-02",
            "6 et le 9 octobre = 2023-10-06/2023-10-09",
            "mars à mai 2020 = 2020-03/2020-05"
        ]
    );
    assert_eq!(
        dates(
            "June 3-5, 2022; June 29–July 2, 2021; 3 to 5 May 2020; between 2017 and 2019; in 2014-15",
            "en"
        ),
        [
            "June 3-5, 2022 = 2022-06-03/2022-06-05",
            "June 29–July 2, 2021 = 2021-06-29/2021-07-02",
            "3 to 5 May 2020 = 2020-05-03/2020-05-05",
            "2017 and 2019 = 2017/2019",
            "2014-15 = 2014/2015"
        ]
    );
    assert_eq!(
        dates("Du 30 décembre au 2 janvier 2023, les 3 mars et 4 avril 2021", "fr"),
        [
            "30 décembre au 2 janvier 2023 = 2022-12-30/2023-01-02",
            "3 mars = 2021-03-03",
            "4 avril 2021 = 2021-04-04"
        ]
    );
}

#[test]
fn dates_in_numbers_are_an_interval_too() {
    assert_eq!(
        dates("Du 03/02/2021 au 05/03/2021; 2021-02-03 – 2021-03-05", "fr"),
        [
            "03/02/2021 au 05/03/2021 = 2021-02-03/2021-03-05",
            "2021-02-03 – 2021-03-05 = 2021-02-03/2021-03-05"
        ]
    );
}

#[test]
fn last_and_next_are_not_the_nearest() {
    // 20 November 2023 is a Monday.
    assert_eq!(
        dates("last Monday, next Friday, last December, since December, Friday next week", "en"),
        [
            "last Monday = 2023-11-13",
            "next Friday = 2023-11-24",
            "last December = 2022-12",
            "December = 2022-12",
            "Friday next week = 2023-12-01"
        ]
    );
    assert_eq!(
        dates(
            "Lundi dernier, en mars dernier, le 3 décembre dernier, en mai de l’an dernier",
            "fr"
        ),
        [
            "Lundi dernier = 2023-11-13",
            "mars dernier = 2023-03",
            "3 décembre dernier = 2022-12-03",
            "mai de l’an dernier = 2022-05"
        ]
    );
}

#[test]
fn no_value_is_better_than_a_wrong_one() {
    assert_eq!(
        dates("le 3 mai suivant, le vendredi suivant", "fr"),
        ["3 mai suivant = ", "vendredi suivant = "]
    );
    assert_eq!(dates("Ouvert du lundi au vendredi et chaque samedi", "fr"), Vec::<String>::new());
    assert_eq!(
        dates("every Monday; 10.4.2.2022; v1.2.3.2022; https://quay.example/2022/03/04/", "en"),
        Vec::<String>::new()
    );
}

#[test]
fn days_without_a_gap_are_an_interval_and_others_share_their_year() {
    assert_eq!(
        dates("Le 3 et 4 mars 2021, les 5, 6 et 7 mai, les 3 et 15 juin 2021", "fr"),
        [
            "3 et 4 mars 2021 = 2021-03-03/2021-03-04",
            "5, 6 et 7 mai = 2024-05-05/2024-05-07",
            "15 juin 2021 = 2021-06-15"
        ]
    );
    assert_eq!(
        dates("March 3 and 4, 2021; March 3 and 15, 2021; 3 and 4 March 2021", "en"),
        [
            "March 3 and 4, 2021 = 2021-03-03/2021-03-04",
            "March 3 = 2021-03-03",
            "3 and 4 March 2021 = 2021-03-03/2021-03-04"
        ]
    );
}

#[test]
fn parts_of_months_share_their_year() {
    assert_eq!(
        dates("De fin mars à début avril 2021", "fr"),
        ["mars à début avril 2021 = 2021-03/2021-04"]
    );
    assert_eq!(
        dates("In late March to early April 2021; in May or June 2021", "en"),
        ["March to early April 2021 = 2021-03/2021-04", "May = 2021-05", "June 2021 = 2021-06"]
    );
    assert_eq!(names_in("It was kept at 2031-03-12T10:00:00Z.", "en"), Vec::<String>::new());
}

#[test]
fn a_day_that_may_be_past_or_to_come_has_no_value() {
    assert_eq!(
        dates("By Friday, before the Monday; Monday week; on March 3 or April 5, 2021", "en"),
        [
            "Friday = ",
            "Monday = ",
            "Monday week = ",
            "March 3 = 2021-03-03",
            "April 5, 2021 = 2021-04-05"
        ]
    );
    assert_eq!(
        dates("D’ici à vendredi, jusqu’à lundi, depuis jeudi, mardi en huit", "fr"),
        ["vendredi = ", "lundi = ", "jeudi = 2023-11-16", "mardi en huit = "]
    );
}

#[test]
fn seasons_and_decades_are_those_of_edtf() {
    assert_eq!(
        dates("Au printemps 1974, l’été 2019, l’hiver 2019-2020, l’automne dernier, cet été", "fr"),
        [
            "printemps 1974 = 1974-21",
            "été 2019 = 2019-22",
            "hiver 2019-2020 = 2019-24",
            "automne dernier = 2022-23"
        ]
    );
    assert_eq!(
        dates("In the spring of 1974, winter 2019-20, last summer. Prices fall 2000 points.", "en"),
        ["spring of 1974 = 1974-21", "winter 2019-20 = 2019-24", "last summer = 2023-22"]
    );
    assert_eq!(dates("Ils ont été 2000 à signer, un été chaud", "fr"), Vec::<String>::new());
    assert_eq!(
        dates("Dans les années 70 et les années 2010, depuis les années 20", "fr"),
        ["années 70 = 197X", "années 2010 = 201X"]
    );
    assert_eq!(
        dates("In the 1970s and the ’80s; the 1900s; in his 80s; the 1990s-2000s", "en"),
        ["1970s = 197X", "’80s = 198X"]
    );
}

#[test]
fn days_are_counted_back_from_the_article() {
    assert_eq!(
        dates(
            "Il y a trois jours, il y a 2 jours. Il y a trois jours de grève. Il y a huit jours.",
            "fr"
        ),
        ["Il y a trois jours = 2023-11-17", "il y a 2 jours = 2023-11-18"]
    );
    assert_eq!(
        dates("Three days ago he left, two or three days ago, ten days later, 5 days ago", "en"),
        ["Three days ago = 2023-11-17", "5 days ago = 2023-11-15"]
    );
}

#[test]
fn abbreviated_weekdays_belong_to_a_date_and_are_no_names() {
    assert_eq!(
        dates("On Tues., Nov. 14, and Fri 17 Nov 2023. Lun. 3", "en"),
        ["Tues., Nov. 14 = 2023-11-14", "Fri 17 Nov 2023 = 2023-11-17"]
    );
    assert_eq!(names_in("He came on Mon. and on Thurs. too", "en"), Vec::<String>::new());
    assert_eq!(
        dates("Ouvert lun. 13 nov. 2023, sur la mer 3 mars", "fr"),
        ["lun. 13 nov. 2023 = 2023-11-13", "3 mars = 2024-03-03"]
    );
    // It may be the one before or the one after.
    assert_eq!(dates("He comes this Sunday, this Thursday", "en").len(), 2);
}

#[test]
fn every_date_is_edtf() {
    for text in [
        "31 février",
        "30 février 2023",
        "le 99 mars",
        "29 février",
        "du 30 au 31 février 2023",
        "du 3 mars 2023 au 5 mars 2021",
        "de mai 2023 à mars 2021",
    ] {
        for found in dates(text, "fr") {
            let value = found.split(" = ").nth(1).unwrap_or("");
            assert_eq!(crate::notebook::check_edtf(value), Ok(()), "{found}");
        }
    }
}

#[test]
fn the_verb_says_whether_a_date_is_past_or_to_come() {
    // 20 November 2023 is a Monday.
    for (text, language, found) in [
        ("Le maire sera entendu vendredi par les juges.", "fr", "vendredi = 2023-11-24"),
        ("Samedi, des milliers de gens défileront à Brest.", "fr", "Samedi = 2023-11-25"),
        ("Le maire doit être entendu mardi.", "fr", "mardi = 2023-11-21"),
        ("La grève est prévue jeudi.", "fr", "jeudi = 2023-11-23"),
        ("Le maire, entendu vendredi, a nié.", "fr", "vendredi = 2023-11-17"),
        ("Vendredi, il a dit qu’il partira.", "fr", "Vendredi = 2023-11-17"),
        ("Il sera jugé, a dit vendredi le procureur.", "fr", "vendredi = 2023-11-17"),
        ("Il fera appel du jugement de vendredi.", "fr", "vendredi = "),
        ("La caméra filmait vendredi.", "fr", "vendredi = 2023-11-17"),
        ("The mayor will testify Friday before the board.", "en", "Friday = 2023-11-24"),
        ("The council is due to vote on Tuesday.", "en", "Tuesday = 2023-11-21"),
        ("The vote is slated for Thursday.", "en", "Thursday = 2023-11-23"),
        ("The hearing is scheduled for Monday.", "en", "Monday = 2023-11-20"),
        ("He will be charged Thursday.", "en", "Thursday = 2023-11-23"),
        ("He said Friday that he will resign.", "en", "Friday = 2023-11-17"),
        ("He could not be reached Friday.", "en", "Friday = 2023-11-17"),
        ("It was closed due to snow Friday.", "en", "Friday = 2023-11-17"),
        ("Schools are closed due to snow Friday.", "en", "Friday = 2023-11-17"),
        ("On Friday, the mayor said she will go.", "en", "Friday = 2023-11-17"),
        ("Le procès en appel se tiendra en septembre.", "fr", "septembre = 2024-09"),
        ("L’école ouvrira le 1er octobre, a promis l’élue.", "fr", "1er octobre = 2024-10-01"),
        ("Il avait été condamné en avril.", "fr", "avril = 2023-04"),
        ("Un mandat a été émis le 14 avril contre lui.", "fr", "14 avril = 2023-04-14"),
        ("Arrêté en septembre, il sera jugé.", "fr", "septembre = 2023-09"),
        ("Il sera jugé pour une fraude commise en septembre.", "fr", "septembre = 2023-09"),
        ("Voters will decide in September.", "en", "September = 2024-09"),
        ("The funds will go to those hit by the floods in September.", "en", "September = "),
        ("The mayor will speak to the whole committee Friday.", "en", "Friday = 2023-11-24"),
        // What is moved to a date, planned, or said by another verb.
        ("The hearing was adjourned to April 3.", "en", "April 3 = 2024-04-03"),
        ("The deadline was extended to April 30.", "en", "April 30 = 2024-04-30"),
        ("The court gave it until April 30 to pay.", "en", "April 30 = 2024-04-30"),
        ("The union announced a strike on April 2.", "en", "April 2 = 2024-04-02"),
        ("The council voted to close the school in April.", "en", "April = 2024-04"),
        ("Kovac pleaded not guilty and his trial begins April 20.", "en", "April 20 = 2024-04-20"),
        ("The company said the director steps down April 30.", "en", "April 30 = 2024-04-30"),
        ("The shooting may be linked to a robbery in September.", "en", "September = 2023-09"),
        ("Monday's ruling will delay the vote.", "en", "Monday = 2023-11-20"),
        ("According to the will, read Friday, he has it.", "en", "Friday = 2023-11-17"),
        ("The hearing planned for Friday did not take place.", "en", "Friday = "),
        ("L’audience a été renvoyée au 4 avril.", "fr", "4 avril = 2024-04-04"),
        ("Le délai a été prolongé jusqu’au 30 avril.", "fr", "30 avril = 2024-04-30"),
        ("Les syndicats ont déposé un préavis pour le 2 avril.", "fr", "2 avril = 2024-04-02"),
        ("Le prévenu a été convoqué le 9 avril.", "fr", "9 avril = 2024-04-09"),
        ("Le musée, qui était fermé, rouvre en avril.", "fr", "avril = 2024-04"),
        ("La réunion prévue vendredi n’a pas eu lieu.", "fr", "vendredi = "),
        ("Le prix fixé en septembre ne changera pas.", "fr", "septembre = 2023-09"),
        ("Elle remplacera Jean Orr, décédé en septembre.", "fr", "septembre = 2023-09"),
        ("Vendredi soir, le maire affirmait qu’il restera.", "fr", "Vendredi = 2023-11-17"),
        ("L’enquête a été ouverte vendredi.", "fr", "vendredi = 2023-11-17"),
        ("The appeal will be heard on October 3.", "en", "October 3 = 2024-10-03"),
        ("He was convicted in April of fraud.", "en", "April = 2023-04"),
        ("She was jailed on May 2.", "en", "May 2 = 2023-05-02"),
    ] {
        assert_eq!(dates(text, language), [found], "{text}");
    }
}

#[test]
fn another_year_that_was_spoken_of_is_not_forgotten() {
    for (text, language, found) in [
        (
            "En 2019, le 3 mai, il signe un bail ; puis, le 6 juin, il part.",
            "fr",
            &["2019 = 2019", "3 mai = 2019-05-03", "6 juin = "][..],
        ),
        ("Arrêté en 2018 (le 3 mars), il a nié.", "fr", &["2018 = 2018", "3 mars = 2018-03-03"]),
        (
            "In 2017, on May 3, she signed and on June 6 she broke it.",
            "en",
            &["2017 = 2017", "May 3 = 2017-05-03", "June 6 = "],
        ),
        (
            "En février 2019, il démissionne. En mars, il part. Le 12 avril, il meurt.",
            "fr",
            &["février 2019 = 2019-02", "mars = ", "12 avril = "],
        ),
        (
            "On May 12, 1998, he was elected; on June 3 he resigned.",
            "en",
            &["May 12, 1998 = 1998-05-12", "June 3 = "],
        ),
        // Months later, and what is compared.
        (
            "In November 2022, he was elected. In January, he took office.",
            "en",
            &["November 2022 = 2022-11", "January = "],
        ),
        (
            "Né le 3 mai 1980, Jean Orr a été arrêté le 3 octobre.",
            "fr",
            &["3 mai 1980 = 1980-05-03", "3 octobre = 2023-10-03"],
        ),
        (
            "Output rose in September compared with September 2021, it said.",
            "en",
            &["September = 2023-09", "September 2021 = 2021-09"],
        ),
        // What is told of in passing.
        (
            "Fondée en 1998, l’usine fermera le 3 décembre.",
            "fr",
            &["1998 = 1998", "3 décembre = 2023-12-03"],
        ),
        (
            "The firm, founded in 1998, is small. On October 3 it closed.",
            "en",
            &["1998 = 1998", "October 3 = 2023-10-03"],
        ),
        // The article's own year, and another sentence that does not go on with a date.
        (
            "En mai 2023, il part. Il revient le 3 juin.",
            "fr",
            &["mai 2023 = 2023-05", "3 juin = 2023-06-03"],
        ),
        (
            "En mai 2019, il part. Vendredi, il est revenu. Le 3 octobre, il avait écrit.",
            "fr",
            &["mai 2019 = 2019-05", "Vendredi = 2023-11-17", "3 octobre = 2023-10-03"],
        ),
    ] {
        assert_eq!(dates(text, language), found, "{text}");
    }
}

#[test]
fn names_with_a_day_in_them_and_habits_are_no_dates() {
    for (text, language, found) in [
        ("On Good Friday and Black Friday, as on Super Tuesday.", "en", &[][..]),
        ("The Sunday Times and the Mail on Sunday said so Monday.", "en", &["Monday = 2023-11-20"]),
        ("Sheffield Wednesday lost on Saturday.", "en", &["Saturday = 2023-11-18"]),
        ("The Sept. 11 attacks and the 7 October attacks", "en", &[]),
        ("On the Fourth of July; the Ides of March", "en", &[]),
        ("Le Vendredi saint, le lundi de Pâques, Mardi gras", "fr", &[]),
        ("Le Journal du dimanche l’a dit mercredi.", "fr", &["mercredi = 2023-11-15"]),
        ("Les attentats du 11 septembre ; la place du 4 Septembre", "fr", &[]),
        ("Les attentats du 13 novembre 2015", "fr", &["13 novembre 2015 = 2015-11-13"]),
        ("Ouvert le mardi et le jeudi, fermé le lundi, sauf samedi et dimanche.", "fr", &[]),
        ("Il vient un mardi sur deux.", "fr", &[]),
        ("L’usine a fermé vendredi.", "fr", &["vendredi = 2023-11-17"]),
        ("Shares closed Friday at nine dollars.", "en", &["Friday = 2023-11-17"]),
        ("It is open Tuesday through Saturday and closed Sunday and Monday.", "en", &[]),
        (
            "It begins two weeks from Tuesday; off a week ago Friday",
            "en",
            &["Tuesday = ", "Friday = "],
        ),
        (
            "She left the Friday before and came the Monday after.",
            "en",
            &["Friday = ", "Monday = "],
        ),
    ] {
        assert_eq!(dates(text, language), found, "{text}");
    }
}
