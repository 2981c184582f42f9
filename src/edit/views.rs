//! Edits of how a notebook is looked at: named views, and suggestions a person dismissed.

use std::sync::Arc;

use super::apply::{Draft, short};
use super::{Created, Ref, Refusal, Spot, ViewFields};
use crate::notebook::{
    ArticleId, Change, Dismissed, EntityId, Filter, NamedView, Place, ViewId, check_edtf,
};
use crate::text::{Text, is_visible, same_name};

impl Draft<'_> {
    pub(super) fn add_view(&mut self, handle: &str, with: &ViewFields) -> Result<String, Refusal> {
        let id = ViewId::random();
        let mut view = NamedView::default();
        self.fill_view(&mut view, with)?;
        let label = format!("Keep the view “{}”", short(&view.name));
        self.change(Change::View(id, Some(Arc::new(view))));
        self.give_handle(handle, Created::View(id))?;
        Ok(label)
    }

    pub(super) fn set_view(
        &mut self,
        view: &Ref<ViewId>,
        with: &ViewFields,
    ) -> Result<String, Refusal> {
        let (id, old) = self.view(view)?;
        let mut view = old.clone();
        self.fill_view(&mut view, with)?;
        let verb = if view.name == old.name { "Change" } else { "Rename" };
        self.change(Change::View(id, Some(Arc::new(view))));
        Ok(format!("{verb} the view “{}”", short(&old.name)))
    }

    pub(super) fn delete_view(&mut self, view: &Ref<ViewId>) -> Result<String, Refusal> {
        let (id, view) = self.view(view)?;
        self.change(Change::View(id, None));
        Ok(format!("Delete the view “{}”", short(&view.name)))
    }

    fn fill_view(&self, view: &mut NamedView, with: &ViewFields) -> Result<(), Refusal> {
        if let Some(name) = &with.name {
            view.name = name.trim().to_owned();
        }
        if !is_visible(&view.name) {
            return Err(Refusal::Blank("a view"));
        }
        if let Some(filter) = &with.filter {
            view.filter = self.filter(filter)?;
        }
        if let Some(focus) = &with.focus {
            for entity in &focus.around {
                self.entity_record(*entity)?;
            }
            view.focus = (!focus.around.is_empty()).then(|| focus.clone());
        }
        if let Some(camera) = with.camera {
            if !(camera.x.is_finite() && camera.y.is_finite() && camera.zoom.is_finite()) {
                return Err(Refusal::Invalid("a view looks at no place of the canvas".to_owned()));
            }
            view.camera = Some(camera);
        }
        Ok(())
    }

    /// The filter, where all it names is there.
    fn filter(&self, filter: &Filter) -> Result<Filter, Refusal> {
        check_edtf(filter.from.trim())?;
        check_edtf(filter.to.trim())?;
        let missing = |what, name: String| Refusal::Missing { what, name, hint: String::new() };
        for article in &filter.articles {
            if self.notebook.article(*article).is_none() {
                return Err(missing("article", article.to_string()));
            }
        }
        for relation in &filter.relations {
            if self.notebook.relation(relation).is_none() {
                return Err(missing("relation", relation.0.clone()));
            }
        }
        Ok(Filter {
            from: filter.from.trim().to_owned(),
            to: filter.to.trim().to_owned(),
            ..filter.clone()
        })
    }

    fn view(&self, reference: &Ref<ViewId>) -> Result<(ViewId, NamedView), Refusal> {
        let views = self.notebook.views();
        let named = |name: &str| -> Vec<ViewId> {
            views.iter().filter(|(_, v)| same_name(&v.name, name)).map(|(id, _)| *id).collect()
        };
        let made = |made: Created| match made {
            Created::View(id) => Some(id),
            _ => None,
        };
        let id = self.one_of("view", reference, made, named)?;
        views.get(&id).map(|view| (id, NamedView::clone(view))).ok_or_else(|| Refusal::Missing {
            what: "view",
            name: reference.to_string(),
            hint: String::new(),
        })
    }

    /// Named views that look at what goes look at what stays instead of it, or no longer at it.
    pub(super) fn look_instead(&mut self, gone: EntityId, instead: Option<EntityId>) {
        if self.notebook.views().is_empty() {
            return;
        }
        for id in self.views_around(gone) {
            let Some(mut view) = self.notebook.views().get(&id).map(|v| NamedView::clone(v)) else {
                continue;
            };
            if let Some(focus) = &mut view.focus
                && focus.around.remove(&gone)
            {
                focus.around.extend(instead);
                if focus.around.is_empty() {
                    view.focus = None;
                }
            }
            self.change(Change::View(id, Some(Arc::new(view))));
        }
    }

    /// Forgets an article that goes.
    pub(super) fn look_away_from(&mut self, article: ArticleId) {
        self.change_views(|view| {
            view.filter.articles.remove(&article);
        });
        self.change(Change::Dismissed(article, None));
    }

    /// What was dismissed in an article stays so when its text becomes another: at its place where the words there are
    /// the same, otherwise as one that no longer fits.
    pub(super) fn keep_dismissed(&mut self, article: ArticleId, old: &Text, new: &Text) {
        if let Some(dismissed) = self.notebook.dismissed().get(&article) {
            let dismissed = Arc::new(dismissed.in_text(old, new));
            self.change(Change::Dismissed(article, Some(dismissed)));
        }
    }

    fn change_views(&mut self, change: impl Fn(&mut NamedView)) {
        let changed: Vec<_> = self
            .notebook
            .views()
            .iter()
            .filter_map(|(id, old)| {
                let mut view = NamedView::clone(old);
                change(&mut view);
                (view != **old).then_some((*id, view))
            })
            .collect();
        for (id, view) in changed {
            self.change(Change::View(id, Some(Arc::new(view))));
        }
    }

    pub(super) fn dismiss(
        &mut self,
        article: Option<&Ref<ArticleId>>,
        at: &Spot,
        away: bool,
    ) -> Result<String, Refusal> {
        let found = self.anchor(article, at);
        let (id, record) = self.article(article)?;
        let mut dismissed = self
            .notebook
            .dismissed()
            .get(&id)
            .map_or_else(Dismissed::default, |dismissed| Dismissed::clone(dismissed));
        if !away && let Some(words) = take_lost(&mut dismissed, at, found.is_ok()) {
            self.change(Change::Dismissed(id, some(dismissed)));
            return Ok(format!("Forget the dismissed “{}”", short(&words)));
        }
        let (anchor, _) = found?;
        let Place::At { start, end } = anchor.place else {
            return Err(Refusal::BadPlace(format!("{at:?}")));
        };
        let words = short(record.text.get(start..end).unwrap_or(""));
        if away {
            dismissed.places.insert((start, end));
            let place = (record.text.scalar_of(start), record.text.scalar_of(end));
            dismissed.lost.remove(&place);
        } else if !dismissed.places.remove(&(start, end)) {
            return Err(Refusal::Invalid(format!("no suggestion was dismissed at “{words}”")));
        }
        self.change(Change::Dismissed(id, some(dismissed)));
        let verb = if away { "Dismiss" } else { "Suggest again:" };
        Ok(format!("{verb} “{words}”"))
    }
}

/// The record, unless nothing is left in it.
fn some(dismissed: Dismissed) -> Option<Arc<Dismissed>> {
    (!dismissed.is_empty()).then(|| Arc::new(dismissed))
}

/// Takes the dismissed suggestion out that no longer fits and was at this place, or had these words where the article
/// does not have them; its words.
fn take_lost(dismissed: &mut Dismissed, at: &Spot, found: bool) -> Option<String> {
    let place = match at {
        Spot::Offsets(start, end) => (*start, *end),
        Spot::Quote(words) if !found => {
            let mut same = dismissed.lost.iter().filter(|(_, lost)| *lost == words);
            let place = *same.next()?.0;
            same.next().is_none().then_some(place)?
        }
        Spot::Quote(_) | Spot::Nth(..) | Spot::Bytes(_) => return None,
    };
    dismissed.lost.remove(&place)
}
