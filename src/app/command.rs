//! Every command that has a name: one enum feeds the menus, the shortcuts, the palette and the tooltips.

/// A key with its modifiers, as pressed and as shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shortcut {
    /// Ctrl, or Cmd on macOS.
    pub command: bool,
    /// Shift.
    pub shift: bool,
    /// Alt.
    pub alt: bool,
    /// The key's name: `S`, `F6`, `Delete`, `ArrowLeft`, `?`.
    pub key: &'static str,
}

const fn plain(key: &'static str) -> Option<Shortcut> {
    Some(Shortcut { command: false, shift: false, alt: false, key })
}

const fn ctrl(key: &'static str) -> Option<Shortcut> {
    Some(Shortcut { command: true, shift: false, alt: false, key })
}

const fn ctrl_shift(key: &'static str) -> Option<Shortcut> {
    Some(Shortcut { command: true, shift: true, alt: false, key })
}

const fn alt(key: &'static str) -> Option<Shortcut> {
    Some(Shortcut { command: false, shift: false, alt: true, key })
}

impl Shortcut {
    /// As shown to the user: “Ctrl+Shift+S”.
    #[must_use]
    pub fn text(self) -> String {
        let mut text = String::new();
        let command = if cfg!(target_os = "macos") { "Cmd+" } else { "Ctrl+" };
        for (on, name) in [(self.command, command), (self.alt, "Alt+"), (self.shift, "Shift+")] {
            if on {
                text.push_str(name);
            }
        }
        text.push_str(match self.key {
            "ArrowLeft" => "←",
            "ArrowRight" => "→",
            "OpenBracket" => "[",
            "CloseBracket" => "]",
            "Plus" => "+",
            "Minus" => "−",
            other => other,
        });
        text
    }

    /// A bare letter, digit or sign: it must not fire while a text field has the focus.
    #[must_use]
    pub fn is_single_key(self) -> bool {
        !self.command && !self.alt && !self.key.starts_with('F') || self.key == "F"
    }
}

/// Where a command stands in the menus and in the list of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Files.
    File,
    /// Undo, redo, and what is selected.
    Edit,
    /// Tagging.
    Tag,
    /// The canvas.
    Canvas,
    /// What is shown.
    View,
    /// Help.
    Help,
}

impl Group {
    /// All of them, in the order of the menus.
    pub const ALL: [Self; 6] =
        [Self::File, Self::Edit, Self::Tag, Self::Canvas, Self::View, Self::Help];

    /// The menu's name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Tag => "Tag",
            Self::Canvas => "Canvas",
            Self::View => "View",
            Self::Help => "Help",
        }
    }
}

macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident, $group:ident, $text:literal, $hint:literal, $key:expr;)*) => {
        /// A command with a name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Command {
            $($(#[$doc])* $name,)*
        }

        impl Command {
            /// All of them, in the order of the menus.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// As shown in menus and in the palette.
            #[must_use]
            pub const fn text(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// What it does, in a sentence: the tooltip.
            #[must_use]
            pub const fn hint(self) -> &'static str {
                match self { $(Self::$name => $hint,)* }
            }

            /// The key that runs it.
            #[must_use]
            pub const fn shortcut(self) -> Option<Shortcut> {
                match self { $(Self::$name => $key,)* }
            }

            /// The menu it stands in.
            #[must_use]
            pub const fn group(self) -> Group {
                match self { $(Self::$name => Group::$group,)* }
            }
        }
    };
}

commands! {
    /// Opens an article or a notebook.
    Open, File, "Open…", "Open an article (added to this notebook) or a notebook", ctrl("O");
    /// Adds pasted text.
    PasteArticle, File, "New article from pasted text…", "Paste the text of an article that is not a file", ctrl("V");
    /// A new notebook.
    NewNotebook, File, "New notebook", "Start an empty notebook", ctrl("N");
    /// The sample.
    OpenSample, File, "Open the sample", "Open the sample notebook that comes with Casebook", None;
    /// Saves.
    Save, File, "Save", "Save the notebook", ctrl("S");
    /// Saves elsewhere.
    SaveAs, File, "Save as…", "Save the notebook under another name", ctrl_shift("S");
    /// The notebook's title.
    RenameNotebook, File, "Rename the notebook…", "Give the notebook a title; its file keeps its name", None;
    /// The article's description.
    DescribeArticle, File, "Describe the article…", "Title, publisher, author, date, address, language and encoding", ctrl("I");
    /// Removes an article.
    RemoveArticle, File, "Remove the article", "Remove this article with its mentions", None;
    /// The backups.
    Backups, File, "Backups…", "What was saved before: compare, restore as a new file, delete", None;
    /// Takes over from another Casebook.
    TakeOver, File, "Take over from the other Casebook", "Change this notebook here, once the Casebook that has it open is gone", None;
    /// Closes the notebook.
    CloseNotebook, File, "Close the notebook", "Close the notebook and go back to the welcome page", ctrl("W");
    /// Quits.
    Quit, File, "Quit", "Close Casebook", ctrl("Q");

    /// Undo.
    Undo, Edit, "Undo", "Take the last step back", ctrl("Z");
    /// Redo.
    Redo, Edit, "Redo", "Take the step again", ctrl_shift("Z");
    /// Copies the selected words.
    Copy, Edit, "Copy", "Copy the selected words, or the selected entities with the links among them", ctrl("C");
    /// Cuts.
    Cut, Edit, "Cut", "Copy the selected entities and links, and delete them here", ctrl("X");
    /// Find.
    Find, Edit, "Find in the article", "Find words or a regular expression in this article", ctrl("F");
    /// Find everywhere.
    FindEverywhere, Edit, "Find in all articles", "Find in all articles; the hits are listed", ctrl_shift("F");
    /// The next hit.
    FindNext, Edit, "Next hit", "Go to the next hit", plain("F3");
    /// The hit before.
    FindPrevious, Edit, "Previous hit", "Go to the hit before", Some(Shortcut { command: false, shift: true, alt: false, key: "F3" });
    /// Renames the selected entity.
    Rename, Edit, "Rename", "Rename the selected entity", plain("F2");
    /// Merges the selected entity into another.
    Merge, Edit, "Merge into…", "Make one entity of this one and another", None;
    /// The mark “to check”.
    ToggleToCheck, Edit, "Mark “to check”", "Mark what is selected as to be checked, or take the mark off", plain("V");
    /// Deletes what is selected.
    Delete, Edit, "Delete", "Delete the selected link, mention or entity", plain("Delete");

    /// Tags an actor.
    TagActor, Tag, "Tag as actor", "Tag the selected words as an actor", plain("A");
    /// Tags an event.
    TagEvent, Tag, "Tag as event", "Tag the selected words as an event", plain("E");
    /// Tags a claim.
    TagClaim, Tag, "Tag as claim", "Tag the selected words as a claim", plain("C");
    /// Links.
    Link, Tag, "Link…", "Link what is selected to another entity", plain("L");
    /// Untags.
    Untag, Tag, "Untag", "Remove the selected mention", plain("U");
    /// Tags again.
    Retag, Tag, "Tag as something else…", "Make the selected mention one of another entity", plain("R");
    /// Splits a mention off.
    SplitMention, Tag, "Split off as its own entity…", "Make the selected mention an entity of its own", None;
    /// Changes boundaries.
    Boundaries, Tag, "Change the boundaries", "Move the ends of the selected mention: arrows, Tab for the other end, Enter", plain("B");
    /// A note on a mention.
    Note, Tag, "Note", "Write a note on what is selected", plain("M");
    /// Tags the rest.
    TagTheRest, Tag, "Tag the rest…", "Every other place of the entity's name and aliases", plain("T");
    /// Tags all places of the selected words.
    TagAll, Tag, "Tag all these words…", "Every place of the selected words, in all articles", Some(Shortcut { command: false, shift: true, alt: false, key: "T" });
    /// The next suggestion.
    NextSuggestion, Tag, "Next suggestion", "Go to the next suggestion; A, E or C takes it", plain("J");
    /// The suggestion before.
    PreviousSuggestion, Tag, "Previous suggestion", "Go to the suggestion before; A, E or C takes it", plain("K");
    /// Dismisses a suggestion.
    DismissSuggestion, Tag, "Dismiss the suggestion", "Do not suggest this place again; undo brings it back", plain("X");
    /// Brings a dismissed suggestion back.
    RestoreSuggestion, Tag, "Suggest it again", "Let the dismissed suggestion under the selected words be made again", None;
    /// Who says so.
    WhoSays, Tag, "Say who says so", "The chain of speakers of the selected statement", plain("W");
    /// The next mention.
    NextMention, Tag, "Next mention", "Go to the next mention in the text", plain("CloseBracket");
    /// The mention before.
    PreviousMention, Tag, "Previous mention", "Go to the mention before", plain("OpenBracket");
    /// Cycles overlapping mentions.
    CycleMentions, Tag, "Cycle overlapping mentions", "Select the next of the mentions that overlap here", plain("O");

    /// Fits the canvas.
    Fit, Canvas, "Fit", "Show the whole canvas", plain("F");
    /// Lays the canvas out.
    Arrange, Canvas, "Arrange", "Lay out what is shown and not pinned: what is linked lies together", ctrl("L");
    /// In layers.
    ArrangeLayered, Canvas, "Arrange in layers", "Columns from left to right: who says so before who passes it on, earlier events before later ones", None;
    /// In circles.
    ArrangeCircular, Canvas, "Arrange in circles", "Connected entities on a circle, in an order in which few links cross", None;
    /// By kind.
    ArrangeGrid, Canvas, "Arrange by kind", "Actors, events and claims in blocks of their own: events by date, the others by name", None;
    /// The selection alone.
    ArrangeSelection, Canvas, "Arrange the selection", "Lay out only the selected entities, around where they are; the others stay", ctrl_shift("L");
    /// The selection in layers.
    ArrangeSelectionLayered, Canvas, "Arrange the selection in layers", "Only the selected entities, in columns; the others stay", None;
    /// The selection in circles.
    ArrangeSelectionCircular, Canvas, "Arrange the selection in circles", "Only the selected entities, on circles; the others stay", None;
    /// The selection by kind.
    ArrangeSelectionGrid, Canvas, "Arrange the selection by kind", "Only the selected entities, in blocks; the others stay", None;
    /// Stops the layout.
    StopArranging, Canvas, "Stop arranging", "End the layout now; what there is can be kept or discarded", None;
    /// Keeps the arrangement.
    KeepArrangement, Canvas, "Keep the arrangement", "Keep the arrangement that is shown (Enter, or any change)", None;
    /// Discards the arrangement.
    DiscardArrangement, Canvas, "Discard the arrangement", "Put everything back where it was (Escape, or undo)", None;
    /// A new entity on the canvas.
    NewEntity, Canvas, "New entity…", "Put an entity on the canvas that nothing mentions yet, or one that exists", plain("N");
    /// A note card.
    NewCard, Canvas, "New note card", "Put a note card on the canvas and write on it", Some(Shortcut { command: false, shift: true, alt: false, key: "N" });
    /// Groups what is selected.
    GroupSelection, Canvas, "Group", "Put the selected entities in one frame, and name it", ctrl("G");
    /// Takes frames away.
    Ungroup, Canvas, "Ungroup", "Take the frame of the group away; its members stay", ctrl_shift("G");
    /// Adds to a group.
    AddToGroup, Canvas, "Add to a group…", "Put the selected entities into a group there is; or drop them into its frame", None;
    /// Takes out of a group.
    TakeOutOfGroup, Canvas, "Take out of the group", "The selected entities leave the group they are in", None;
    /// Folds or unfolds.
    ToggleFold, Canvas, "Fold or unfold the group", "Fold the members of the group into one box, or show them again", plain("G");
    /// Selects the group, or its members.
    SelectGroup, Canvas, "Select the group or its members", "From a selected entity to its group, from a selected group to its members", Some(Shortcut { command: false, shift: true, alt: false, key: "G" });
    /// Pins.
    TogglePin, Canvas, "Pin or unpin", "“Arrange” leaves pinned entities where they are", plain("P");
    /// Finds an entity on the canvas.
    FindOnCanvas, Canvas, "Find on the canvas", "Type a name; the view goes to the entity (Ctrl+F while the keyboard is in the canvas)", alt("G");
    /// The filter's panel.
    ToggleFilter, Canvas, "Filter…", "Choose what the canvas shows: kinds, relations, strengths, articles, dates", alt("F");
    /// No filter.
    ClearFilter, Canvas, "Clear the filter", "Show everything again", None;
    /// The neighbours.
    FocusOne, Canvas, "Focus: 1 step", "What is linked to the selected entities; the rest is faded. Again: everything", alt("1");
    /// Their neighbours.
    FocusTwo, Canvas, "Focus: 2 steps", "What is at most 2 links away from the selected entities; the rest is faded", alt("2");
    /// And theirs.
    FocusThree, Canvas, "Focus: 3 steps", "What is at most 3 links away from the selected entities; the rest is faded", alt("3");
    /// The shortest paths.
    ShowPaths, Canvas, "Shortest paths", "All shortest paths between the two selected entities, listed in words", alt("P");
    /// No focus.
    LeaveFocus, Canvas, "Leave the focus", "Look at everything alike again", alt("0");
    /// A view with a name.
    KeepView, Canvas, "Keep this view…", "Keep the filter, the focus and the part of the canvas in view under a name, in the notebook", alt("V");
    /// The view before.
    ViewBack, Canvas, "View back", "The view of the canvas before this one (Alt+← while nothing is selected)", alt("PageUp");
    /// The view after.
    ViewForward, Canvas, "View forward", "The view of the canvas after this one (Alt+→ while nothing is selected)", alt("PageDown");
    /// The small map.
    ToggleMap, Canvas, "Small map", "A map of the whole canvas in its corner, where not all is in view and the pane has room for it", None;
    /// The legend.
    ToggleLegend, Canvas, "Legend", "What the shapes, colours, signs and lines on the canvas mean", alt("L");
    /// All nodes alike.
    SizeAlike, Canvas, "Size: alike", "Every node is as large as its name needs", None;
    /// By their links.
    SizeByDegree, Canvas, "Size: degree", "The more links an entity has, the larger it is", None;
    /// By how often they lie between.
    SizeByBetweenness, Canvas, "Size: betweenness", "The more of the shortest ways between two others lead through an entity, the larger it is", None;
    /// By who links to them.
    SizeByPageRank, Canvas, "Size: PageRank", "The more often someone comes by who keeps following links, the larger an entity is", None;
    /// By the company they keep.
    SizeByCore, Canvas, "Size: k-core", "The larger k, the larger: an entity belongs to a group in which everyone is linked to k others of the group", None;
    /// Reverses a link.
    ReverseLink, Canvas, "Reverse the link", "Swap the ends of the selected link", None;
    /// Aligns left sides.
    AlignLeft, Canvas, "Align left", "The left sides of the selected entities in one line", None;
    /// Aligns middles, one above the other.
    AlignCentre, Canvas, "Align centre", "The middles of the selected entities one above the other", None;
    /// Aligns right sides.
    AlignRight, Canvas, "Align right", "The right sides of the selected entities in one line", None;
    /// Aligns upper sides.
    AlignTop, Canvas, "Align top", "The upper sides of the selected entities in one line", None;
    /// Aligns middles, side by side.
    AlignMiddle, Canvas, "Align middle", "The middles of the selected entities side by side", None;
    /// Aligns lower sides.
    AlignBottom, Canvas, "Align bottom", "The lower sides of the selected entities in one line", None;
    /// Equal gaps side by side.
    DistributeHorizontally, Canvas, "Distribute horizontally", "Equal gaps between the selected entities, side by side", None;
    /// Equal gaps one below the other.
    DistributeVertically, Canvas, "Distribute vertically", "Equal gaps between the selected entities, one below the other", None;
    /// Adds the selected words as evidence.
    AddEvidence, Canvas, "Add the selected words as evidence", "They become evidence for the selected link", None;

    /// The command palette.
    Palette, View, "Search or run a command", "Find every command, entity and article", ctrl("K");
    /// The lists.
    ToggleLists, View, "Lists", "Show or hide the lists", None;
    /// The canvas.
    ToggleCanvas, View, "Canvas", "Show or hide the canvas", None;
    /// The inspector.
    ToggleInspector, View, "Inspector", "Show or hide the inspector", None;
    /// The review list.
    Review, View, "Review", "What is still open: to check, without speaker, without sentence, not linked", ctrl("R");
    /// The tables.
    ToggleTable, View, "Tables", "Show or hide the tables of links and of entities", ctrl("T");
    /// Suggestions.
    Suggestions, View, "Suggestions", "What could be tagged in this article, found by rules", None;
    /// Underlines suggestions or not.
    ToggleSuggestions, View, "Underline suggestions", "Underline in the text what could be tagged", None;
    /// The panes as they were at first.
    ResetPanes, View, "Reset the panes", "Put every pane back where it was", None;
    /// The next pane.
    NextPane, View, "Next pane", "Move the keyboard to the next pane", plain("F6");
    /// The pane before.
    PreviousPane, View, "Previous pane", "Move the keyboard to the pane before", Some(Shortcut { command: false, shift: true, alt: false, key: "F6" });
    /// The next article.
    NextArticle, View, "Next article", "Go to the next article", ctrl("Tab");
    /// The article before.
    PreviousArticle, View, "Previous article", "Go to the article before", ctrl_shift("Tab");
    /// Back.
    Back, View, "Back", "Go back to where you were reading before", Some(Shortcut { command: false, shift: false, alt: true, key: "ArrowLeft" });
    /// Forward.
    Forward, View, "Forward", "Go forward again to where you were reading", Some(Shortcut { command: false, shift: false, alt: true, key: "ArrowRight" });
    /// Two articles.
    SideBySide, View, "Two articles side by side", "Show a second article beside this one, or put it away", None;
    /// A dark or a light window.
    ThemeDark, View, "Dark", "A dark window", None;
    /// A light window.
    ThemeLight, View, "Light", "A light window", None;
    /// As the desktop has it.
    ThemeSystem, View, "As the desktop", "Dark or light as the desktop has it", None;
    /// How articles are set.
    TextPanel, View, "Text settings…", "Size, length and height of rows, and the font of articles", None;
    /// Larger letters.
    TextLarger, View, "Larger text", "Larger letters in articles (Ctrl+wheel over the text)", alt("Plus");
    /// Smaller letters.
    TextSmaller, View, "Smaller text", "Smaller letters in articles (Ctrl+wheel over the text)", alt("Minus");
    /// The usual size.
    TextUsual, View, "Usual text size", "Articles at their usual size", None;
    /// The text cursor.
    ToggleCursor, View, "Text cursor", "Show the text cursor in the article wherever the keyboard is; arrows move it, with Shift they select", plain("F7");
    /// Larger.
    ZoomIn, View, "Larger", "Everything larger", ctrl("Plus");
    /// Smaller.
    ZoomOut, View, "Smaller", "Everything smaller", ctrl("Minus");
    /// As it was.
    ZoomReset, View, "Usual size", "Everything at its usual size", ctrl("0");
    /// Single letters on or off.
    ToggleSingleKeys, View, "Single-letter keys", "Let single letters run commands", None;

    /// All keys.
    Keys, Help, "Keys", "Show every key", plain("?");
    /// About.
    About, Help, "About Casebook", "Version, licence, and where things are kept", None;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_commands_share_a_key() {
        let keys: Vec<_> = Command::ALL.iter().filter_map(|c| c.shortcut()).collect();
        for (i, key) in keys.iter().enumerate() {
            assert!(!keys[i + 1..].contains(key), "{}", key.text());
        }
    }

    #[test]
    fn function_keys_are_not_single_letters() {
        assert!(Command::Fit.shortcut().is_some_and(Shortcut::is_single_key));
        assert!(!Command::FindNext.shortcut().is_some_and(Shortcut::is_single_key));
        assert!(!Command::Save.shortcut().is_some_and(Shortcut::is_single_key));
    }
}
