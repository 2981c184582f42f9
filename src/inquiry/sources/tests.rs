//! Cases worked by hand, and what always holds.

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::edit::{Edit, apply, parse_script};
use crate::notebook::{About, Article, ArticleId, Origin};
use crate::text::Text;

/// A notebook in a few words:
///
/// - `A<-W<-R(r)`: an article of A says “c.”, through W, from R, whose own words were read; `A!<-R` denies it;
///   `A d.<-R` is of another claim, and `A~Certain<-R` says how sure.
/// - `A=B`: A and B are one; `c.=d.`: the claims are.
/// - `H>A`: H owns A.
///
/// Whoever is called R… is a person, X… an anonymous source, O… an organisation, _… an article without a publisher, and
/// everybody else an outlet. All that somebody publishes stands in one article.
fn notebook(lines: &[&str]) -> Notebook {
    let mut names: BTreeSet<String> = BTreeSet::new();
    let mut claims = BTreeSet::from(["c.".to_owned()]);
    let mut publishers: Vec<String> = Vec::new();
    let mut rest = String::new();
    for (nth, line) in lines.iter().enumerate() {
        if let Some((a, b)) = line.split_once('=') {
            rest += &format!("Link(from: {a:?}, to: {b:?}, relation: \"equivalent\"),");
            for name in [a, b] {
                if name.ends_with('.') { &mut claims } else { &mut names }.insert(name.to_owned());
            }
        } else if let Some((owner, owned)) = line.split_once('>') {
            rest += &format!("SetEntity(entity: {owned:?}, with: (owner: {owner:?})),");
            names.extend([owner.to_owned(), owned.to_owned()]);
        } else {
            let mut hops = line.split("<-");
            let mut head = hops.next().unwrap().split(' ');
            let publisher = head.next().unwrap();
            let (publisher, modality) = publisher.split_once('~').unwrap_or((publisher, "Unknown"));
            let denies = publisher.ends_with('!');
            let publisher = publisher.trim_end_matches('!');
            let claim = head.next().unwrap_or("c.");
            claims.insert(claim.to_owned());
            if !publishers.iter().any(|it| it == publisher) {
                publishers.push(publisher.to_owned());
            }
            if !publisher.starts_with('_') {
                names.insert(publisher.to_owned());
            }
            let mut chain = String::new();
            for hop in hops {
                let name = hop.trim_end_matches("(r)");
                names.insert(name.to_owned());
                let source = if name == hop { "Reported" } else { "Read" };
                chain += &format!("(actor: {name:?}, source: {source}),");
            }
            let polarity = if denies { "Denies" } else { "Affirms" };
            rest += &format!(
                "Tag(article: {:?}, at: Quote(\"word{nth}.\"), entity: {claim:?}, statement: (chain: [{chain}], modality: {modality}, polarity: {polarity})),",
                id_of(&publishers, publisher).to_string()
            );
        }
    }
    let mut first = String::from("[");
    for name in &names {
        let kind = match name.chars().next() {
            Some('R') => "Person",
            Some('X') => "Anonymous",
            Some('O') => "Organisation",
            _ => "Media",
        };
        first += &format!("AddEntity(kind: Actor, name: {name:?}, with: (actor_kind: {kind})),");
    }
    for claim in &claims {
        first += &format!("AddEntity(kind: Claim, name: {claim:?}),");
    }
    let text: String = (0..lines.len()).map(|nth| format!("word{nth}. ")).collect();
    let mut edits = Vec::new();
    for publisher in &publishers {
        let article = Article {
            about: About { title: format!("by {publisher}"), ..About::default() },
            origin: Origin::default(),
            text: Text::new(text.clone()),
            earlier: Vec::new(),
        };
        let id = id_of(&publishers, publisher);
        edits.push(Edit::AddArticle(id, Arc::new(article)));
        if !publisher.starts_with('_') {
            first += &format!(
                "Describe(article: {:?}, with: (publisher: {publisher:?})),",
                id.to_string()
            );
        }
    }
    edits.extend(parse_script(&format!("{first}{rest}]")).unwrap());
    let mut notebook = Notebook::new("");
    apply(&mut notebook, &Edit::Batch(String::new(), edits)).unwrap();
    notebook
}

fn id_of(publishers: &[String], publisher: &str) -> ArticleId {
    let nth = publishers.iter().position(|it| it == publisher).unwrap();
    ArticleId::from_bits(nth as u64 + 1)
}

fn of(lines: &[&str]) -> ClaimSources {
    let notebook = notebook(lines);
    let all = AllSources::new(&notebook, &WhatIf::default(), &|| false).unwrap();
    let claim = notebook.entities().iter().find(|(_, entity)| entity.name == "c.").unwrap().0;
    all.of(*claim).unwrap().clone()
}

fn affirmed(lines: &[&str]) -> Figures {
    of(lines).affirmed.unwrap()
}

/// Groups in a few words: `A=B R`.
fn groups(of: &[Group]) -> String {
    of.iter().map(|group| group.join("=")).collect::<Vec<_>>().join(" ")
}

#[test]
fn figures_are_those_worked_out_by_hand() {
    /// Statements; outlets, confirmed, at most; through; loops.
    type Case = (&'static [&'static str], [usize; 3], &'static str, &'static str);
    let cases: &[Case] = &[
        // The ten of the definitions.
        (&["A<-X", "B<-X", "C<-X"], [3, 0, 1], "X", ""),
        (&["A<-W<-R1", "B<-W<-R2", "C<-R3"], [3, 0, 2], "", ""),
        (&["A<-B", "B<-A"], [2, 0, 0], "", "A=B"),
        (&["A<-B", "B<-A", "B<-R"], [2, 0, 1], "B R", "A=B"),
        (&["A<-R1(r)", "A<-R2(r)"], [1, 2, 2], "", ""),
        (&["A<-R1", "A<-R2"], [1, 0, 1], "A", ""),
        (&["A", "B", "H>A", "H>B"], [1, 0, 1], "A=B", ""),
        (&["A", "A<-X"], [1, 0, 1], "A X", ""),
        (&["A<-X1", "B<-X2", "X1=X2"], [2, 0, 1], "X1=X2", ""),
        (&["A", "A!<-R(r)"], [1, 0, 1], "A", ""),
        // One outlet's own word, and two.
        (&["A"], [1, 0, 1], "A", ""),
        (&["A", "B"], [2, 0, 2], "", ""),
        // Its own word said twice is said once.
        (&["A", "A"], [1, 0, 1], "A", ""),
        // Naming the publisher as the speaker says nothing new.
        (&["A<-A"], [1, 0, 1], "A", ""),
        (&["A<-A<-X"], [1, 0, 1], "A X", ""),
        (&["A<-X<-X"], [1, 0, 1], "A X", ""),
        // A named origin, unread and read.
        (&["A<-R"], [1, 0, 1], "A R", ""),
        (&["A<-R(r)"], [1, 1, 1], "R", ""),
        // Read in the middle: its own words are not.
        (&["A<-R1(r)<-R2"], [1, 0, 1], "R1 R2", ""),
        // An anonymous source never confirms, an outlet never itself.
        (&["A<-X(r)"], [1, 0, 1], "X", ""),
        (&["A<-W(r)"], [1, 0, 1], "W", ""),
        (&["O"], [1, 0, 1], "O", ""),
        // Organisations that were read confirm.
        (&["A<-O(r)", "B<-R(r)"], [2, 2, 2], "", ""),
        // One origin, read by one and relayed by another.
        (&["A<-R(r)", "B<-R"], [2, 1, 1], "R", ""),
        // What one relies on, it relies on wherever it is named.
        (&["A<-W", "W<-X"], [2, 0, 1], "W X", ""),
        (&["A<-W", "B<-W<-X", "C<-W"], [3, 0, 1], "W X", ""),
        // Two ways that part and meet.
        (&["A<-W1<-R", "A<-W2<-R"], [1, 0, 1], "A R", ""),
        (&["A<-W1(r)<-R", "B<-W2(r)<-R"], [2, 0, 1], "R", ""),
        (&["A<-W<-R1", "B<-W<-R1", "C<-W<-R2"], [3, 0, 1], "W", ""),
        // An article without a publisher stands for itself.
        (&["_1"], [1, 0, 1], "article by _1", ""),
        (&["_1<-X", "_2<-X"], [2, 0, 1], "X", ""),
        (&["_1<-R1", "_2<-R2"], [2, 0, 2], "", ""),
        // A house: the owner too where it is an outlet; not where it is none.
        (&["A", "H", "H>A"], [1, 0, 1], "A=H", ""),
        (&["A", "B", "O>A", "O>B"], [1, 0, 1], "A=B", ""),
        (&["A", "O", "O>A"], [2, 0, 2], "", ""),
        (&["A", "B", "G>H", "H>A", "G>B"], [1, 0, 1], "A=B", ""),
        // One and the same also through others.
        (&["A<-X1", "B<-X3", "X1=X2", "X2=X3"], [2, 0, 1], "X1=X3", ""),
        (&["A<-R1(r)", "B<-R2(r)", "R1=R2"], [2, 1, 1], "R1=R2", ""),
        // A longer loop, with and without a way out.
        (&["A<-B", "B<-C", "C<-A"], [3, 0, 0], "", "A=B=C"),
        (&["A<-B", "B<-C", "C<-A", "C<-R(r)"], [3, 1, 1], "R", "A=B=C"),
        // Claims that are one count together.
        (&["A<-R1(r)", "B d.<-R2(r)", "c.=d."], [2, 2, 2], "", ""),
        (&["A<-R1(r)", "B d.<-R2(r)"], [1, 1, 1], "R1", ""),
    ];
    for (lines, [outlets, confirmed, at_most], through, loops) in cases {
        let figures = affirmed(lines);
        let found = [figures.outlets, figures.confirmed, figures.at_most];
        assert_eq!(found, [*outlets, *confirmed, *at_most], "{lines:?}");
        assert_eq!(groups(&figures.through), *through, "{lines:?}");
        assert_eq!(groups(&figures.loops), *loops, "{lines:?}");
        assert_eq!(figures.cut.len(), figures.at_most, "{lines:?}");
    }
}

#[test]
fn stances_are_counted_apart() {
    let both = of(&["A", "A!<-R(r)", "B!"]);
    let (affirmed, denied) = (both.affirmed.unwrap(), both.denied.unwrap());
    assert_eq!((affirmed.statements, affirmed.confirmed, affirmed.at_most), (1, 0, 1));
    assert_eq!((denied.statements, denied.confirmed, denied.at_most), (2, 1, 2));
    assert_eq!(of(&["A!<-R(r)"]).affirmed, None);
    assert_eq!(of(&["B d."]).affirmed, None);
}

#[test]
fn originals_that_were_not_read_are_those_of_named_speakers() {
    let unread = |lines: &[&str]| groups(&affirmed(lines).unread);
    assert_eq!(unread(&["A<-W<-R<-X"]), "R W");
    assert_eq!(unread(&["A<-W(r)<-R"]), "R");
    // Read once is read.
    assert_eq!(unread(&["A<-W(r)<-R", "B<-W"]), "R");
    // What it publishes is here.
    assert_eq!(unread(&["A<-B", "B<-X"]), "");
    // An outlet of a house of which another outlet's article is here was not read itself.
    assert_eq!(unread(&["A<-W", "A>W"]), "A=W");
}

#[test]
fn sentences_say_the_figures() {
    let figures = affirmed(&["A<-W<-X", "B<-W", "C<-W"]);
    assert_eq!(
        figures.sentence(),
        "3 outlets, 1 origin. Confirmed: 0; at most 1 independent. All of it passes through W, then through X. Original not read: 1 (W)."
    );
    let figures = affirmed(&["A<-B", "B<-A"]);
    assert_eq!(
        figures.sentence(),
        "2 outlets, 0 origins. Confirmed: 0; at most 0 independent. A and B rely on each other in a circle."
    );
}

#[test]
fn what_is_set_aside_adds_no_way() {
    let notebook = notebook(&["A<-W<-R(r)", "B<-X", "C"]);
    let id =
        |name: &str| *notebook.entities().iter().find(|(_, entity)| entity.name == name).unwrap().0;
    let without = |names: &[&str], articles: &[u64]| {
        let what_if = WhatIf {
            without_actors: names.iter().map(|name| (id(name), String::new())).collect(),
            without_articles: articles.iter().map(|bits| ArticleId::from_bits(*bits)).collect(),
            ..WhatIf::default()
        };
        let all = AllSources::new(&notebook, &what_if, &|| false).unwrap();
        let figures = all.of(id("c.")).unwrap().affirmed.as_ref();
        figures.map(|it| [it.statements, it.outlets, it.confirmed, it.at_most])
    };
    assert_eq!(without(&[], &[]), Some([3, 3, 1, 3]));
    // W relies on something withdrawn: it is no origin, and A's way ends.
    assert_eq!(without(&["R"], &[]), Some([3, 3, 0, 2]));
    assert_eq!(without(&["W"], &[]), Some([3, 3, 0, 2]));
    assert_eq!(without(&["X"], &[]), Some([3, 3, 1, 2]));
    // Who publishes is set aside with what it says.
    assert_eq!(without(&["C"], &[]), Some([2, 2, 1, 2]));
    assert_eq!(without(&[], &[1]), Some([2, 2, 0, 2]));
    assert_eq!(without(&["A", "B", "C"], &[]), None);
}

/// Two that are one may open a way that neither was: P has it from X, X from Q, Q from Y and R2; once X is known to be
/// Y, who has it from R1, P's way leads past Q. So “at most” may rise where two count as one; “confirmed” never does.
#[test]
fn two_that_are_one_may_open_a_way() {
    let lines = ["P<-X1<-Q", "Q<-X2<-R1", "Q<-R2"];
    assert_eq!(affirmed(&lines).at_most, 1);
    assert_eq!(affirmed(&[&lines[..], &["X1=X2"]].concat()).at_most, 2);
}

/// The statements of one claim.
fn any_statements() -> impl Strategy<Value = Vec<String>> {
    let hop = (
        prop::sample::select(vec!["A", "B", "W", "R1", "R2", "R3", "X1", "X2", "O"]),
        any::<bool>(),
    )
        .prop_map(|(name, read)| format!("{name}{}", if read { "(r)" } else { "" }));
    let statement =
        (prop::sample::select(vec!["A", "B", "C", "_1", "R4"]), prop::collection::vec(hop, 0..4))
            .prop_map(|(publisher, hops)| {
                hops.iter().fold(publisher.to_owned(), |line, hop| format!("{line}<-{hop}"))
            });
    prop::collection::vec(statement, 1..7)
}

fn figures_of(lines: &[String]) -> Figures {
    affirmed(&lines.iter().map(String::as_str).collect::<Vec<_>>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn laws_of_the_figures(lines in any_statements(), at in any::<prop::sample::Index>()) {
        let before = figures_of(&lines);
        prop_assert!(before.at_most >= before.confirmed);
        prop_assert_eq!(before.cut.len(), before.at_most);
        prop_assert_eq!(before.through.is_empty(), before.at_most != 1);
        // Whoever has it from somebody else, unread, confirms nothing.
        let nth = at.index(lines.len());
        let mut longer = lines.clone();
        longer[nth] += "<-R9";
        prop_assert!(figures_of(&longer).confirmed <= before.confirmed);
        // Reading an original takes no confirmation away.
        let mut read = lines.clone();
        read[nth] = read[nth].replace("(r)", "").replacen("<-", "\u{1}", 1);
        if let Some((publisher, hops)) = read[nth].clone().split_once('\u{1}') {
            let hops: Vec<String> = hops.split("<-").map(|hop| format!("{hop}(r)")).collect();
            read[nth] = format!("{publisher}<-{}", hops.join("<-"));
            prop_assert!(figures_of(&read).confirmed >= before.confirmed);
        }
        // Two that count as one confirm no more than two.
        for (a, b) in [("R1", "R2"), ("X1", "X2"), ("A", "B"), ("O", "R3")] {
            let mut one = lines.clone();
            one.push(format!("{a}={b}"));
            prop_assert!(figures_of(&one).confirmed <= before.confirmed);
        }
        // Names mean nothing.
        let renamed: Vec<String> =
            lines.iter().map(|line| line.replace('R', "Rq").replace('X', "Xz")).collect();
        let after = figures_of(&renamed);
        let plain = |it: &Figures| {
            (it.statements, it.outlets, it.confirmed, it.at_most, it.through.len(), it.loops.len(), it.unread.len())
        };
        prop_assert_eq!(plain(&after), plain(&before));
        // Nor does the order in which they were tagged.
        let mut turned = lines.clone();
        turned.reverse();
        prop_assert_eq!(plain(&figures_of(&turned)), plain(&before));
    }
}

/// The rungs of those who affirm “c.”: depth, name, what they are; `r` read, `|` in the cut, `@` in a circle, `^` above.
fn ladder(lines: &[&str]) -> Vec<String> {
    let notebook = notebook(lines);
    let none = WhatIf::default();
    let same = Same::new(&notebook, &none);
    let claim = *notebook.entities().iter().find(|(_, entity)| entity.name == "c.").unwrap().0;
    let ladder = Ladder::new(&notebook, &same, &none, claim, Polarity::Affirms);
    let words = |rung: &Rung| {
        let marks = [(rung.read, "r"), (rung.in_cut, "|"), (rung.in_loop, "@"), (rung.again, "^")];
        let marks: String = marks.iter().filter(|(on, _)| *on).map(|(_, mark)| *mark).collect();
        let (depth, name, count) = (rung.depth, &rung.name, rung.statements.len());
        format!("{depth} {name} {} {count}{marks}", rung.standing.words())
    };
    ladder.rungs.iter().map(words).collect()
}

#[test]
fn the_ladder_lists_each_chain_once() {
    // R1 was read and is a way by itself; all others pass W.
    assert_eq!(
        ladder(&["A<-W<-R1(r)", "B<-W<-X", "A"]),
        [
            "0 A relays 2",
            "1 W relays 1|",
            "2 R1 named origin 1r|",
            "2 X anonymous origin 1",
            "0 B relays 1",
            "1 W relays 1|^",
        ]
    );
}

#[test]
fn a_circle_and_the_cut_are_marked() {
    let rungs = ladder(&["A<-B", "B<-A", "B<-R"]);
    assert_eq!(rungs[0], "0 A relays 1@");
    assert!(
        rungs.iter().any(|rung| rung.starts_with("1 B relays 1") && rung.contains('@')),
        "{rungs:?}"
    );
    assert!(rungs.iter().any(|rung| rung.contains("R named origin")), "{rungs:?}");
    assert!(rungs.iter().any(|rung| rung.contains('|')), "{rungs:?}");
}

#[test]
fn a_ladder_is_no_longer_than_it_can_be_read() {
    let lines: Vec<String> = (0..MOST_RUNGS + 10).map(|n| format!("A<-R{n}")).collect();
    let notebook = notebook(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    let none = WhatIf::default();
    let same = Same::new(&notebook, &none);
    let claim = *notebook.entities().iter().find(|(_, entity)| entity.name == "c.").unwrap().0;
    let ladder = Ladder::new(&notebook, &same, &none, claim, Polarity::Affirms);
    assert_eq!((ladder.rungs.len(), ladder.cut_off), (MOST_RUNGS, true));
}

/// What departs, in words: the statement’s words, how, the words it departs from.
fn drifts(lines: &[&str]) -> Vec<String> {
    let notebook = notebook(lines);
    let all = AllSources::new(&notebook, &WhatIf::default(), &|| false).unwrap();
    let claim = notebook.entities().iter().find(|(_, entity)| entity.name == "c.").unwrap().0;
    let words = |id| notebook.words(&notebook.mention(id).unwrap().anchor).to_owned();
    let mut found: Vec<String> = all
        .of(*claim)
        .unwrap()
        .drifts
        .iter()
        .map(|it| format!("{} {:?} {}", words(it.statement), it.kind, words(it.than)))
        .collect();
    found.sort();
    found
}

#[test]
fn certainty_that_grows_along_a_chain_is_found() {
    // Surer than what the source itself publishes.
    assert_eq!(drifts(&["A~Certain<-W", "W~Possible"]), ["word0. SurerThanSource word1."]);
    assert_eq!(drifts(&["A~Possible<-W", "W~Certain"]), [""; 0]);
    assert_eq!(drifts(&["A~Probable<-W", "W~Probable"]), [""; 0]);
    assert_eq!(drifts(&["A~Certain<-W", "W~Unknown"]), [""; 0], "unknown is not compared");
    // Surer than what the source says first-hand elsewhere; only if that was read.
    assert_eq!(drifts(&["A~Certain<-R", "B~Possible<-R(r)"]), ["word0. SurerThanSource word1."]);
    assert_eq!(drifts(&["A~Certain<-R", "B~Possible<-R"]), [""; 0]);
    // The source may stand anywhere on the chain.
    assert_eq!(drifts(&["A~Certain<-B<-W", "W~Probable"]), ["word0. SurerThanSource word1."]);
    // The least sure of what it says is compared with.
    assert_eq!(
        drifts(&["A~Certain<-W", "W~Probable", "W~Possible"]),
        ["word0. SurerThanSource word2."]
    );
    // Equivalent claims are one; other claims are not.
    assert_eq!(
        drifts(&["A~Certain<-W", "W~Possible d.", "c.=d."]),
        ["word0. SurerThanSource word1."]
    );
    assert_eq!(drifts(&["A~Certain<-W", "W~Possible d."]), [""; 0]);
}

#[test]
fn a_headline_surer_than_its_body_is_found() {
    assert_eq!(drifts(&["A~Certain", "A~Possible<-X"]), ["word0. SurerThanBody word1."]);
    assert_eq!(drifts(&["A~Possible", "A~Certain<-X"]), [""; 0]);
    assert_eq!(drifts(&["A~Certain", "A~Possible"]), [""; 0], "neither has the longer chain");
    assert_eq!(drifts(&["A~Certain", "B~Possible<-X"]), [""; 0], "another article");
    assert_eq!(
        drifts(&["A~Certain", "A~Probable<-X", "A~Possible<-W<-X"]),
        ["word0. SurerThanBody word2.", "word1. SurerThanBody word2."]
    );
}

#[test]
fn a_denial_that_becomes_an_affirmation_is_found() {
    assert_eq!(drifts(&["A<-W", "W!"]), ["word0. Turned word1."]);
    assert_eq!(drifts(&["A!<-W", "W"]), ["word0. Turned word1."]);
    assert_eq!(drifts(&["A!<-W", "W!"]), [""; 0]);
    // Each stance is compared with its own.
    assert_eq!(drifts(&["A~Certain<-W", "W!~Possible"]), ["word0. Turned word1."]);
}

#[test]
fn what_would_change_is_listed_claim_by_claim() {
    let notebook = notebook(&["A<-R(r)", "B<-X", "A d.<-R(r)", "B e."]);
    let id =
        |name: &str| *notebook.entities().iter().find(|(_, entity)| entity.name == name).unwrap().0;
    let none = WhatIf::default();
    let now = AllSources::new(&notebook, &none, &|| false).unwrap();
    let changed = |what_if: &WhatIf| {
        let changes = what_changes(&notebook, &now, &none, what_if, &|| false).unwrap();
        let mut names: Vec<&str> =
            changes.claims.iter().map(|change| notebook.name(change.before.claim)).collect();
        names.sort_unstable();
        names.join(" ")
    };
    assert_eq!(changed(&none), "");
    let without = |name: &str, since: &str| WhatIf {
        without_actors: [(id(name), since.to_owned())].into(),
        ..WhatIf::default()
    };
    assert_eq!(changed(&without("R", "")), "c. d.");
    assert_eq!(changed(&without("X", "")), "c.");
    assert_eq!(changed(&without("B", "")), "c. e.");
    let same = WhatIf { same: [(id("R"), id("X"))].into(), ..WhatIf::default() };
    assert_eq!(changed(&same), "c.");
}
