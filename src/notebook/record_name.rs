//! What a record is called, whatever it is.

use super::{Link, Notebook, RecordId, Target};

/// The most characters of the words of a mention in its name.
const WORDS: usize = 120;

fn short(words: &str) -> String {
    match words.char_indices().nth(WORDS) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words.to_owned(),
    }
}

impl Notebook {
    /// The name of a record, or the words of a place in an article; empty where the notebook does not hold it.
    #[must_use]
    pub fn record_name(&self, record: &RecordId) -> String {
        let notebook = self;
        let article = |id| {
            notebook.article(id).map_or_else(String::new, |article| article.about.title.clone())
        };
        match record {
            RecordId::Title => notebook.title().to_owned(),
            RecordId::Article(id) | RecordId::Dismissed(id) => article(*id),
            RecordId::Entity(id) | RecordId::Node(id) => notebook.name(*id).to_owned(),
            RecordId::Mention(id) => notebook.mention(*id).map_or_else(String::new, |mention| {
                let (words, of) = (notebook.words(&mention.anchor), notebook.name(mention.entity));
                if words == of { words.to_owned() } else { format!("{} → {of}", short(words)) }
            }),
            RecordId::Link(id) => {
                notebook.link(*id).map_or_else(String::new, |link| link_name(notebook, link))
            }
            RecordId::Relation(id) => notebook.relation_label(id).to_owned(),
            RecordId::Group(id) => {
                notebook.groups().get(id).map_or_else(String::new, |group| group.title.clone())
            }
            RecordId::Card(id) => {
                notebook.cards().get(id).map_or_else(String::new, |card| card.text.clone())
            }
            RecordId::View(id) => {
                notebook.views().get(id).map_or_else(String::new, |view| view.name.clone())
            }
            RecordId::Waiver(id) => notebook.waivers().get(id).map_or_else(String::new, |waiver| {
                let of: Vec<_> = waiver.of.iter().map(|of| notebook.subject_name(*of)).collect();
                format!("{}: {}", waiver.rule, of.join(", "))
            }),
            RecordId::SetAside(id) => notebook
                .set_aside()
                .get(id)
                .map_or_else(String::new, |aside| notebook.subject_name(aside.what)),
            RecordId::Matrix(id) => {
                notebook.matrices().get(id).map_or_else(String::new, |matrix| matrix.title.clone())
            }
            RecordId::Conflict(id) => notebook.conflicts().get(id).map_or_else(String::new, |it| {
                let of = notebook.record_name(&it.of);
                if it.is_of_record() { of } else { format!("{of}: {}", it.field) }
            }),
        }
    }
}

fn link_name(notebook: &Notebook, link: &Link) -> String {
    let to = match link.to {
        Target::Entity(to) => notebook.name(to).to_owned(),
        Target::Link(to) => notebook.link(to).map_or_else(String::new, |to| {
            format!("({} {})", notebook.name(to.from), notebook.relation_label(&to.relation))
        }),
    };
    format!("{} {} {to}", notebook.name(link.from), notebook.relation_label(&link.relation))
}
