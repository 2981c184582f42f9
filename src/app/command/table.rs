//! The table of commands, in the order of the menus.

use super::listing::{commands, sizes_by, works_in};
use super::needs;
use super::row::{Menu, Row, row};
use super::shortcut::shortcut;
use crate::app::questions::{
    About, ExportNotebook, ExportPicture, ImportInto, KeptSources, Keys, NextStep,
    OpenWithEncoding, Palette, PasteArticle, RenameNotebook, YourName,
};
use crate::app::{Arrangement, Effect, Pane, Purpose, Theme, Workspace};
use crate::graph::Align;
use crate::inquiry::Measure;
use crate::notebook::Kind;
use crate::table::TableKind;

commands! {
    Open: File, "Open…", "Open an article (added to this notebook) or a notebook",
        |program| program.ask_what_to_open(None),
        key(shortcut("O").ctrl()), always();
    OpenWithEncoding: File, "Open with encoding…", "Open an article whose encoding is known, or was detected wrongly",
        |program| program.ask(OpenWithEncoding), always(), opens_field();
    PasteArticle: File, "New article from text…", "Paste the text of an article that is not a file",
        |program| program.ask(PasteArticle(String::new())),
        key(shortcut("V").ctrl().shift()), always(), changes(), opens_field();
    NewNotebook: File, "New notebook", "Start an empty notebook",
        |program| program.leave(NextStep::New),
        key(shortcut("N").ctrl()), always();
    OpenSample: File, "Open sample notebook", "Open the sample notebook that comes with Casebook",
        |program| program.open_sample(), always();
    Save: File, "Save", "Save the notebook",
        |program| program.save(),
        section(), key(shortcut("S").ctrl()), changes();
    SaveAs: File, "Save as…", "Save the notebook under another name",
        |program| program.ask_where_to_save(),
        key(shortcut("S").ctrl().shift()), keeps_arrangement();
    Export: File, "Export…", "Write the notebook or a part of it in a format of other programs",
        |program| program.ask(ExportNotebook), keeps_arrangement();
    ExportPicture: File, "Export picture…", "Draw the canvas or a part of it as SVG, PNG or PDF",
        |program| program.ask(ExportPicture), keeps_arrangement();
    Print: File, "Print…", "Open the report (HTML) in your browser, to be printed from there",
        |program| program.print(), keeps_arrangement();
    Import: File, "Import…", "Add what another program wrote to this notebook",
        |program| program.ask(ImportInto),
        always(), changes();
    CompareWithColleague: File, "Compare with a colleague’s notebook…", "What two people made of the same articles: how far they agree, what is the same, and both merged",
        |program| program.ask_for_colleague(),
        changes();
    RenameNotebook: File, "Rename notebook…", "Give the notebook a title; its file keeps its name",
        |program| program.ask(RenameNotebook),
        section(), changes(), opens_field();
    YourName: File, "Your name…", "The name written beside what you judge, waive and set aside",
        |program| program.ask(YourName),
        always(), opens_field();
    OpenFolder: File, "Open folder…", "Open every article in a folder and in the folders in it; they keep their folders",
        |program| program.ask_which_folder(),
        submenu("Article"), always(), changes();
    GatheringSummary: File, "What was opened…", "What came of opening many files at once: what failed, what is a copy",
        |program| program.show_gathering(), needs(&needs::GATHERING),
        submenu("Article");
    DescribeArticle: File, "Article details…", "Title, publisher, author, date, URL, language and encoding",
        |program| program.show_article_details(),
        submenu("Article"), key(shortcut("I").ctrl()), needs(&needs::ARTICLE), changes(), opens_field();
    JoinLines: File, "Join lines", "Make paragraphs of lines that were cut at one length; while nothing is tagged in the article",
        |program| program.join_lines_in_front(),
        submenu("Article"), needs(&needs::ARTICLE), changes();
    UpdateArticle: File, "Update article…", "Read a new version of this article; its mentions are found again, and shown before",
        |program| program.ask_for_new_version(), needs(&needs::ARTICLE), changes(),
        submenu("Article");
    CompareVersions: File, "Compare versions…", "This article before its last update and after, side by side; what it took back",
        |program| program.compare_latest_versions(), needs(&needs::VERSIONS),
        submenu("Article");
    MoveToFolder: File, "Move to folder…", "Put this article, or those chosen in the list, into a folder",
        |program| program.ask_for_folder(), needs(&needs::ARTICLE), changes(), opens_field(),
        submenu("Article"), key(shortcut("M").alt());
    RemoveArticle: File, "Remove article", "Remove this article and its mentions",
        |program| program.remove_article(),
        submenu("Article"), needs(&needs::ARTICLE), changes();
    KeepSources: File, "Keep articles’ files…", "Which files are kept beside this notebook: of documents, of all articles, none",
        |program| program.ask(KeptSources),
        submenu("Article"), changes();
    Backups: File, "Backups…", "Earlier versions: compare, restore as a new file, delete",
        |program| program.show_backups(), always(), needs(&needs::DATA_FOLDER);
    TakeOver: File, "Take over editing", "Edit this notebook here once the other Casebook has closed it",
        |program| program.take_over_editing(), needs(&needs::LOCKED);
    CloseNotebook: File, "Close notebook", "Close the notebook and return to the welcome page",
        |program| program.leave(NextStep::CloseNotebook),
        section(), key(shortcut("W").ctrl());
    Quit: File, "Quit", "Quit Casebook",
        |program| program.leave(NextStep::Close),
        key(shortcut("Q").ctrl()), always();

    Undo: Edit, "Undo", "Undo the last step",
        |program| program.step_history(true),
        key(shortcut("Z").ctrl()), needs(&needs::DONE_STEP), changes(), leaves_arrangement();
    Redo: Edit, "Redo", "Redo the step",
        |program| program.step_history(false),
        key(shortcut("Z").ctrl().shift()), other_keys(&[shortcut("Y").ctrl()]),
        needs(&needs::UNDONE_STEP), changes(), leaves_arrangement();
    Copy: Edit, "Copy", "Copy the selected words, or the selected entities with the links among them",
        |program| program.copy(),
        section(), key(shortcut("C").ctrl()), needs(&needs::COPYABLE);
    CopyCited: Edit, "Copy with citation", "Copy the selected words, or the evidence of the selected link, as a quotation with its source",
        |program| program.copy_cited(false),
        key(shortcut("C").ctrl().shift()), needs(&needs::QUOTABLE);
    CopyCitedMarkdown: Edit, "Copy with citation as Markdown", "Copy the quotation with its source as Markdown",
        |program| program.copy_cited(true), needs(&needs::QUOTABLE);
    CopyAsPicture: Edit, "Copy as picture", "Copy a picture of what is selected on the canvas, or of all of it",
        |program| program.copy_as_picture();
    Cut: Edit, "Cut", "Copy the selected entities and links, and delete them here",
        |program| program.cut(),
        key(shortcut("X").ctrl()), needs(&needs::CANVAS_ITEMS), changes();
    Paste: Edit, "Paste", "Paste copied entities and links onto the canvas, or text as a new article",
        |program| program.emit(Effect::Paste),
        key(shortcut("V").ctrl()), always(), changes();
    SelectAll: Edit, "Select all", "Select the whole article, everything on the canvas, or all rows: where the keyboard is",
        |program| program.emit(Effect::SelectAll),
        key(shortcut("A").ctrl());
    Find: Edit, "Find in article", "Find words or a regular expression in this article",
        |program| program.open_find(false),
        key(shortcut("F").ctrl()), needs(&needs::ARTICLE), opens_field();
    FindEverywhere: Edit, "Find in all articles", "Find in all articles; the results are listed",
        |program| program.open_find(true),
        key(shortcut("F").ctrl().shift()), needs(&needs::ARTICLE), opens_field();
    FindNext: Edit, "Find next", "Go to the next result",
        |program| program.find_step(1),
        key(shortcut("F3")), needs(&needs::RESULTS);
    FindPrevious: Edit, "Find previous", "Go to the previous result",
        |program| program.find_step(-1),
        key(shortcut("F3").shift()), needs(&needs::RESULTS);
    Rename: Edit, "Rename", "Rename the selected entity",
        |program| program.rename_selected(),
        section(), key(shortcut("F2")), needs(&needs::ENTITY_OR_BOARD), changes(), opens_field();
    Merge: Edit, "Merge into…", "Merge this entity into another",
        |program| program.merge_selected(),
        needs(&needs::ONE_ENTITY), changes(), opens_field();
    ToggleToCheck: Edit, "Mark “to check”", "Mark the selection as to be checked, or remove the mark",
        |program| program.toggle_to_check(),
        key(shortcut("V")), needs(&needs::CHECKABLE), changes();
    Delete: Edit, "Delete", "Delete what is selected",
        |program| program.delete_selected(),
        key(shortcut("Delete")), other_keys(&[shortcut("Backspace")]), needs(&needs::SELECTION),
        changes();

    TagActor: Tag, "Tag as actor", "Tag the selected words as an actor",
        |program| program.open_picker_on_selection(Kind::Actor),
        key(shortcut("A")), needs(&needs::WORDS_OR_MENTION), changes(), opens_field();
    TagEvent: Tag, "Tag as event", "Tag the selected words as an event",
        |program| program.open_picker_on_selection(Kind::Event),
        key(shortcut("E")), needs(&needs::WORDS_OR_MENTION), changes(), opens_field();
    TagClaim: Tag, "Tag as claim", "Tag the selected words as a claim",
        |program| program.open_picker_on_selection(Kind::Claim),
        key(shortcut("C")), needs(&needs::WORDS_OR_MENTION), changes(), opens_field();
    Link: Tag, "Link…", "Link what is selected to another entity",
        |program| program.start_link_from_selection(),
        section(), key(shortcut("L")), needs(&needs::ENTITIES), changes(), opens_field();
    Untag: Tag, "Untag", "Remove the selected mention",
        |program| program.untag(),
        section(), key(shortcut("U")), needs(&needs::MENTION), changes();
    Retag: Tag, "Change entity…", "Make the selected mention refer to another entity",
        |program| program.retag_selected(),
        key(shortcut("R")), needs(&needs::MENTION), changes(), opens_field();
    SplitMention: Tag, "Split into new entity…", "Make the selected mention an entity of its own",
        |program| program.split_selected(),
        needs(&needs::MENTION), changes(), opens_field();
    Boundaries: Tag, "Adjust span", "Move the ends of the selected mention: arrows, Tab for the other end, Enter",
        |program| program.start_boundary(),
        key(shortcut("B")), needs(&needs::MENTION), changes();
    Note: Tag, "Note…", "Write a note on what is selected",
        |program| program.open_note(),
        key(shortcut("M")), needs(&needs::NOTABLE), changes(), opens_field();
    DateEvent: Tag, "Date event…", "Say when the selected event was; the words of the article are kept beside the date",
        |program| program.ask_date_of_selected(),
        needs(&needs::EVENT), changes(), opens_field();
    TagTheRest: Tag, "Tag the rest…", "Every other place where the entity’s name or an alias occurs",
        |program| program.open_rest(),
        section(), key(shortcut("T")), needs(&needs::ENTITY_OR_WORDS), changes();
    TagAll: Tag, "Tag all occurrences…", "Every place where the selected words occur, in all articles",
        |program| program.open_rest_of_words(),
        key(shortcut("T").shift()), needs(&needs::WORDS), changes();
    NextSuggestion: Tag, "Next suggestion", "Go to the next suggestion; A, E or C accepts it",
        |program| program.step_suggestion(true),
        submenu("Suggestions"), section(), key(shortcut("J")), needs(&needs::ARTICLE);
    PreviousSuggestion: Tag, "Previous suggestion", "Go to the previous suggestion; A, E or C accepts it",
        |program| program.step_suggestion(false),
        submenu("Suggestions"), key(shortcut("K")), needs(&needs::ARTICLE);
    DismissSuggestion: Tag, "Dismiss suggestion", "Do not suggest this again; Undo brings it back",
        |program| program.dismiss_suggestion(),
        submenu("Suggestions"), key(shortcut("X")), needs(&needs::SUGGESTION), changes();
    RestoreSuggestion: Tag, "Restore suggestion", "Allow the dismissed suggestion under the selection again",
        |program| program.restore_suggestion(),
        submenu("Suggestions"), needs(&needs::DISMISSED_SUGGESTION), changes();
    WhoSays: Tag, "Edit attribution", "Who the selected statement comes from, and through whom",
        |program| program.edit_attribution(),
        key(shortcut("W")), needs(&needs::STATEMENT);
    NextMention: Tag, "Next mention", "Go to the next mention in the text",
        |program| program.step_mention(true),
        section(), key(shortcut("CloseBracket")), needs(&needs::ARTICLE);
    PreviousMention: Tag, "Previous mention", "Go to the previous mention",
        |program| program.step_mention(false),
        key(shortcut("OpenBracket")), needs(&needs::ARTICLE);
    CycleMentions: Tag, "Next overlapping mention", "Select the next of the mentions that overlap here",
        |program| program.cycle_mentions(),
        key(shortcut("O")), needs(&needs::ARTICLE);

    Fit: Canvas, "Fit", "Show the whole canvas",
        |program| program.emit(Effect::Fit),
        key(shortcut("F"));
    Arrange: Canvas, "Arrange", "Lay out what is shown and not pinned, so that linked entities are close",
        |program| program.start_arrange(Arrangement::Force, false),
        submenu("Arrange"), key(shortcut("L").ctrl()), needs(&needs::NODES), changes(),
        leaves_arrangement();
    ArrangeLayered: Canvas, "Arrange in layers", "Columns from left to right: sources before those who repeat them, earlier events before later ones",
        |program| program.start_arrange(Arrangement::Layered, false),
        submenu("Arrange"), needs(&needs::NODES), changes(), leaves_arrangement();
    ArrangeCircular: Canvas, "Arrange in circles", "Connected entities on a circle, in an order with few crossing links",
        |program| program.start_arrange(Arrangement::Circular, false),
        submenu("Arrange"), needs(&needs::NODES), changes(), leaves_arrangement();
    ArrangeGrid: Canvas, "Arrange by kind", "Actors, events and claims in separate blocks: events by date, the others by name",
        |program| program.start_arrange(Arrangement::Grid, false),
        submenu("Arrange"), needs(&needs::NODES), changes(), leaves_arrangement();
    ArrangeSelection: Canvas, "Arrange selection", "Lay out only the selected entities, around where they are",
        |program| program.start_arrange(Arrangement::Force, true),
        submenu("Arrange"), key(shortcut("L").ctrl().shift()), needs(&needs::TWO_ENTITIES), changes(),
        leaves_arrangement();
    ArrangeSelectionLayered: Canvas, "Arrange selection in layers", "Lay out only the selected entities, in columns",
        |program| program.start_arrange(Arrangement::Layered, true),
        submenu("Arrange"), needs(&needs::TWO_ENTITIES), changes(), leaves_arrangement();
    ArrangeSelectionCircular: Canvas, "Arrange selection in circles", "Lay out only the selected entities, on circles",
        |program| program.start_arrange(Arrangement::Circular, true),
        submenu("Arrange"), needs(&needs::TWO_ENTITIES), changes(), leaves_arrangement();
    ArrangeSelectionGrid: Canvas, "Arrange selection by kind", "Lay out only the selected entities, in blocks",
        |program| program.start_arrange(Arrangement::Grid, true),
        submenu("Arrange"), needs(&needs::TWO_ENTITIES), changes(), leaves_arrangement();
    StopArranging: Canvas, "Stop arranging", "Stop the layout now; the result so far can be kept or discarded",
        |program| program.stop_arranging(),
        submenu("Arrange"), needs(&needs::RUNNING_LAYOUT);
    KeepArrangement: Canvas, "Keep arrangement", "Keep the new positions (Enter, or any change)",
        |program| program.keep_arrangement(),
        submenu("Arrange"), needs(&needs::ARRANGEMENT);
    DiscardArrangement: Canvas, "Discard arrangement", "Restore the positions from before (Escape, or Undo)",
        |program| { _ = program.discard_arrangement(); },
        submenu("Arrange"), needs(&needs::ARRANGEMENT);
    NewEntity: Canvas, "New entity…", "Add an entity to the canvas: a new one, or one that exists",
        |program| program.open_picker(Purpose::Place(None)),
        key(shortcut("N")), changes(), opens_field();
    NewCard: Canvas, "New note card", "Add a note card to the canvas",
        |program| program.put_card(None),
        submenu("Groups and notes"), key(shortcut("N").shift()), changes(), opens_field();
    GroupSelection: Canvas, "Group", "Put a frame around the selected entities and name it",
        |program| program.group_selection(),
        submenu("Groups and notes"), key(shortcut("G").ctrl()), needs(&needs::MEMBERS), changes(),
        opens_field();
    Ungroup: Canvas, "Ungroup", "Remove the group’s frame; its members stay",
        |program| program.ungroup(),
        submenu("Groups and notes"), key(shortcut("G").ctrl().shift()), needs(&needs::GROUP), changes();
    AddToGroup: Canvas, "Add to group…", "Add the selected entities to an existing group; or drop them into its frame",
        |program| program.add_to_group(),
        submenu("Groups and notes"), needs(&needs::A_GROUP_TO_JOIN), changes(), opens_field();
    TakeOutOfGroup: Canvas, "Remove from group", "Remove the selected entities from their group",
        |program| program.take_out_of_group(),
        submenu("Groups and notes"), needs(&needs::GROUPED_ENTITY), changes();
    ToggleFold: Canvas, "Collapse or expand group", "Collapse the group into one box, or show its members again",
        |program| program.toggle_fold(),
        submenu("Groups and notes"), key(shortcut("G")), needs(&needs::GROUP), changes();
    SelectGroup: Canvas, "Select group or its members", "From a selected entity to its group, from a selected group to its members",
        |program| program.select_group(),
        submenu("Groups and notes"), key(shortcut("G").shift()), needs(&needs::GROUP);
    TogglePin: Canvas, "Pin or unpin", "“Arrange” leaves pinned entities where they are",
        |program| program.toggle_pin(),
        section(), key(shortcut("P")), needs(&needs::PINNABLE), changes();
    FindOnCanvas: Canvas, "Find on canvas", "Type a name; the view moves to the entity (Ctrl+F on the canvas)",
        |program| program.ask(Palette::OnCanvas),
        section(), key(shortcut("G").alt()), needs(&needs::CANVAS_CONTENT), opens_field();
    ToggleFilter: Canvas, "Filter…", "Choose what the canvas shows: kinds, relations, strengths, articles, dates",
        |program| program.toggle_filter_panel(),
        key(shortcut("F").alt()),
        checked(|program| program.open_notebook().is_some_and(|book| book.exploration().panel_is_open()));
    ClearFilter: Canvas, "Clear filter", "Show everything again",
        |program| program.clear_filter(),
        needs(&needs::FILTER);
    ToggleDerived: Canvas, "Derived links", "Show who cites whom, who says what, who took part and what claims are about, as recorded",
        |program| program.toggle_derived(),
        key(shortcut("D").alt()), needs(&needs::DERIVED_LINKS),
        checked(|program| program.open_notebook().is_some_and(|book| !book.exploration().filter().hide_derived));
    FocusOne: Canvas, "Focus: 1 step", "Direct neighbours of the selection; everything else is faded. Press again to clear",
        |program| program.focus_on_selection(1),
        submenu("Focus and paths"), key(shortcut("1").alt()), needs(&needs::FOCUSABLE);
    FocusTwo: Canvas, "Focus: 2 steps", "Everything within 2 links of the selection; the rest is faded",
        |program| program.focus_on_selection(2),
        submenu("Focus and paths"), key(shortcut("2").alt()), needs(&needs::FOCUSABLE);
    FocusThree: Canvas, "Focus: 3 steps", "Everything within 3 links of the selection; the rest is faded",
        |program| program.focus_on_selection(3),
        submenu("Focus and paths"), key(shortcut("3").alt()), needs(&needs::FOCUSABLE);
    ShowPaths: Canvas, "Shortest paths", "All shortest paths between the two selected entities, listed in words",
        |program| program.show_paths(),
        submenu("Focus and paths"), key(shortcut("P").alt()), needs(&needs::PAIR);
    LeaveFocus: Canvas, "Clear focus", "Show everything with equal weight again",
        |program| program.leave_focus(),
        submenu("Focus and paths"), key(shortcut("0").alt()), needs(&needs::FOCUS);
    KeepView: Canvas, "Save view…", "Save the filter, the focus and the visible part of the canvas under a name, in the notebook",
        |program| program.ask_view_name(None),
        section(), key(shortcut("V").alt()), needs(&needs::CANVAS_CONTENT), changes(), opens_field();
    ViewBack: Canvas, "Previous view", "Return to the previous view of the canvas (Alt+← with nothing selected)",
        |program| program.emit(Effect::StepView(-1)),
        key(shortcut("PageUp").alt());
    ViewForward: Canvas, "Next view", "Go to the next view of the canvas (Alt+→ with nothing selected)",
        |program| program.emit(Effect::StepView(1)),
        key(shortcut("PageDown").alt());
    ToggleMap: Canvas, "Minimap", "An overview in the corner of the canvas, when not everything is visible and the pane has room",
        |program| program.toggle_map(),
        checked(|program| program.open_notebook().is_some_and(|book| book.exploration().map_is_on()));
    ToggleLegend: Canvas, "Legend", "What the shapes, colours, symbols and lines on the canvas mean",
        |program| program.toggle_legend(),
        key(shortcut("L").alt()),
        checked(|program| program.open_notebook().is_some_and(|book| book.exploration().legend_is_open()));
    SizeAlike: Canvas, "Uniform", "All nodes are as large as their names need",
        |program| program.size_by(Measure::None),
        submenu("Node size"), checked(|program| sizes_by(program, Measure::None));
    SizeByDegree: Canvas, "By degree", "The more links an entity has, the larger it is",
        |program| program.size_by(Measure::Degree),
        submenu("Node size"), checked(|program| sizes_by(program, Measure::Degree));
    SizeByBetweenness: Canvas, "By betweenness", "The more shortest paths run through an entity, the larger it is",
        |program| program.size_by(Measure::Betweenness),
        submenu("Node size"), checked(|program| sizes_by(program, Measure::Betweenness));
    SizeByPageRank: Canvas, "By PageRank", "The more an entity is linked to by well-linked entities, the larger it is",
        |program| program.size_by(Measure::PageRank),
        submenu("Node size"), checked(|program| sizes_by(program, Measure::PageRank));
    SizeByCore: Canvas, "By k-core", "The more densely linked the group around an entity, the larger it is",
        |program| program.size_by(Measure::Core),
        submenu("Node size"), checked(|program| sizes_by(program, Measure::Core));
    ReverseLink: Canvas, "Reverse link", "Swap the ends of the selected link",
        |program| program.reverse_selected(),
        section(), needs(&needs::ONE_LINK), changes();
    AlignLeft: Canvas, "Align left", "Align the left edges of the selected entities",
        |program| program.align("Align the left edges", Align::Left),
        submenu("Align and distribute"), needs(&needs::TWO_ENTITIES), changes();
    AlignCentre: Canvas, "Align centre", "Align the horizontal centres of the selected entities",
        |program| program.align("Align the centres", Align::Centre),
        submenu("Align and distribute"), needs(&needs::TWO_ENTITIES), changes();
    AlignRight: Canvas, "Align right", "Align the right edges of the selected entities",
        |program| program.align("Align the right edges", Align::Right),
        submenu("Align and distribute"), needs(&needs::TWO_ENTITIES), changes();
    AlignTop: Canvas, "Align top", "Align the top edges of the selected entities",
        |program| program.align("Align the top edges", Align::Top),
        submenu("Align and distribute"), needs(&needs::TWO_ENTITIES), changes();
    AlignMiddle: Canvas, "Align middle", "Align the vertical centres of the selected entities",
        |program| program.align("Align the middles", Align::Middle),
        submenu("Align and distribute"), needs(&needs::TWO_ENTITIES), changes();
    AlignBottom: Canvas, "Align bottom", "Align the bottom edges of the selected entities",
        |program| program.align("Align the bottom edges", Align::Bottom),
        submenu("Align and distribute"), needs(&needs::TWO_ENTITIES), changes();
    DistributeHorizontally: Canvas, "Distribute horizontally", "Equal gaps between the selected entities from left to right",
        |program| program.distribute(true),
        submenu("Align and distribute"), needs(&needs::THREE_ENTITIES), changes();
    DistributeVertically: Canvas, "Distribute vertically", "Equal gaps between the selected entities from top to bottom",
        |program| program.distribute(false),
        submenu("Align and distribute"), needs(&needs::THREE_ENTITIES), changes();
    AddEvidence: Canvas, "Add selection as evidence", "Add the selected words as evidence for the selected link",
        |program| program.add_selected_words_as_evidence(),
        needs(&needs::LINK_AND_WORDS), changes();

    NextFinding: Analysis, "Next finding", "Go to the next open finding of the review (Space in the review)",
        |program| program.step_finding(1),
        key(shortcut("N").alt());
    PreviousFinding: Analysis, "Previous finding", "Go to the open finding before",
        |program| program.step_finding(-1),
        key(shortcut("N").alt().shift());
    FixFinding: Analysis, "Settle finding", "Settle the finding that is looked at, where one step does",
        |program| program.fix_finding(),
        key(shortcut("Enter").alt()), needs(&needs::FINDING), changes();
    TakeOtherValue: Analysis, "Use the other value", "Settle the conflict that is looked at with the value that was kept beside the one that stands",
        |program| program.take_other_value(),
        key(shortcut("Enter").ctrl().alt()), needs(&needs::CONFLICT), changes();
    WaiveFinding: Analysis, "Waive finding…", "Let the finding stand, with a reason; or take that back",
        |program| program.waive_finding(),
        key(shortcut("Enter").alt().shift()), needs(&needs::FINDING), changes(), opens_field();
    WhatIfSetAside: Analysis, "What if it were set aside?", "See which claims would change if the selected actors, or this article, did not count",
        |program| program.suppose_selected_set_aside(),
        section(), key(shortcut("W").alt()), needs(&needs::ACTOR_OR_ARTICLE);
    WhatIfSame: Analysis, "What if they were one source?", "See which claims would change if the two selected actors were one source",
        |program| program.suppose_selected_same(),
        needs(&needs::TWO_ACTORS);
    ApplyWhatIf: Analysis, "Apply what-if…", "Record it in the notebook, as one step: set aside from now on, or equivalent",
        |program| program.ask_to_apply_what_if(),
        needs(&needs::SUPPOSITION), changes(), opens_field();
    DropWhatIf: Analysis, "Drop what-if", "Look at the notebook as it is again",
        |program| program.drop_what_if(),
        key(shortcut("W").alt().shift()), needs(&needs::SUPPOSITION);

    Palette: View, "Search or run a command", "Find any command, entity or article, and words in articles",
        |program| program.ask(Palette::Everything),
        key(shortcut("K").ctrl()), other_keys(&[shortcut("P").ctrl()]), always(), opens_field();
    WorkspaceRead: View, "Reading workspace", "The article and the canvas side by side",
        |program| program.work_in(Workspace::Read),
        section(), key(shortcut("1").ctrl()), checked(|program| works_in(program, Workspace::Read));
    WorkspaceCanvas: View, "Canvas workspace", "The canvas large, the article at its side",
        |program| program.work_in(Workspace::Canvas),
        key(shortcut("2").ctrl()), checked(|program| works_in(program, Workspace::Canvas));
    WorkspaceReview: View, "Review workspace", "The review list, the article, the canvas and the inspector side by side",
        |program| program.work_in(Workspace::Review),
        key(shortcut("3").ctrl()), checked(|program| works_in(program, Workspace::Review));
    MaximisePane: View, "Maximise pane", "Give the pane that has the keyboard the whole window, or the others their room back (a double click on its tab or grip; Escape)",
        |program| program.emit(Effect::MaximisePane),
        key(shortcut("M").ctrl().shift()), checked(|program| program.maximised_pane().is_some());
    ResetPanes: View, "Reset panes", "Restore the default panes of this workspace",
        |program| program.reset_panes(),
        submenu("Panes");
    NextPane: View, "Next pane", "Move the keyboard focus to the next pane",
        |program| program.emit(Effect::StepPane(1)),
        submenu("Panes"), key(shortcut("F6"));
    PreviousPane: View, "Previous pane", "Move the keyboard focus to the previous pane",
        |program| program.emit(Effect::StepPane(-1)),
        submenu("Panes"), key(shortcut("F6").shift());
    Chronology: View, "Chronology", "Events and statements by date, as a table: what, who, the sentence, how sure",
        |program| program.show_table(TableKind::Chronology),
        key(shortcut("E").ctrl().shift()), section();
    AsOf: View, "As of a day", "Show what was held on a day, without what was judged and published later, or go back to the present",
        |program| program.toggle_as_of(),
        checked(|program| program.open_notebook().is_some_and(|book| book.as_of().is_some()));
    ToggleSuggestions: View, "Underline suggestions", "Underline in the text what could be tagged",
        |program| program.toggle_suggestions(),
        always(), checked(|program| program.prefs().suggestions);
    NextArticle: View, "Next article", "Go to the next article",
        |program| program.step_article(1),
        section(), key(shortcut("Tab").ctrl()), needs(&needs::TWO_ARTICLES);
    PreviousArticle: View, "Previous article", "Go to the previous article",
        |program| program.step_article(-1),
        key(shortcut("Tab").ctrl().shift()), needs(&needs::TWO_ARTICLES);
    CloseTab: View, "Close tab", "Close the article’s tab; the article stays in the notebook",
        |program| program.close_front_tab(),
        key(shortcut("F4").ctrl()), needs(&needs::ARTICLE);
    Back: View, "Back", "Go back to where you were reading",
        |program| program.step_place(true),
        key(shortcut("ArrowLeft").alt()), needs(&needs::EARLIER_PLACE);
    Forward: View, "Forward", "Go forward again",
        |program| program.step_place(false),
        key(shortcut("ArrowRight").alt()), needs(&needs::LATER_PLACE);
    SideBySide: View, "Articles side by side", "Show a second article beside this one, or close it",
        |program| program.toggle_side_by_side(),
        needs(&needs::TWO_ARTICLES),
        checked(|program| program.open_notebook().is_some_and(|book| book.is_side_by_side()));
    ThemeDark: View, "Dark", "Dark theme",
        |program| program.set_theme(Theme::Dark),
        submenu("Theme"), section(), always(), checked(|program| program.prefs().theme == Theme::Dark);
    ThemeLight: View, "Light", "Light theme",
        |program| program.set_theme(Theme::Light),
        submenu("Theme"), always(), checked(|program| program.prefs().theme == Theme::Light);
    ThemeSystem: View, "Follow system", "Dark or light, as the system is set",
        |program| program.set_theme(Theme::System),
        submenu("Theme"), always(), checked(|program| program.prefs().theme == Theme::System);
    TextPanel: View, "Reading settings…", "Text size, line length, line spacing and font of articles",
        |program| program.toggle_text_panel(),
        submenu("Text"), section();
    TextLarger: View, "Larger text", "Larger text in articles (Ctrl+wheel over the text)",
        |program| program.step_text(1),
        submenu("Text"), key(shortcut("Plus").alt()),
        other_keys(&[shortcut("Plus").shift().alt(), shortcut("Equals").alt()]), always();
    TextSmaller: View, "Smaller text", "Smaller text in articles (Ctrl+wheel over the text)",
        |program| program.step_text(-1),
        submenu("Text"), key(shortcut("Minus").alt()), always();
    TextUsual: View, "Reset text size", "Default text size in articles",
        |program| program.step_text(0),
        submenu("Text"), always();
    ToggleCursor: View, "Text cursor", "Show a text cursor in the article: arrows move it, Shift+arrows select",
        |program| program.toggle_cursor(),
        submenu("Text"), key(shortcut("F7")), checked(|program| program.prefs().text.cursor);
    ZoomIn: View, "Zoom in", "Make the whole window larger",
        |program| program.emit(Effect::Zoom(1)),
        submenu("Zoom"), key(shortcut("Plus").ctrl()),
        other_keys(&[shortcut("Plus").ctrl().shift(), shortcut("Equals").ctrl()]), always();
    ZoomOut: View, "Zoom out", "Make the whole window smaller",
        |program| program.emit(Effect::Zoom(-1)),
        submenu("Zoom"), key(shortcut("Minus").ctrl()), always();
    ZoomReset: View, "Actual size", "Show the window at its actual size",
        |program| program.emit(Effect::Zoom(0)),
        submenu("Zoom"), key(shortcut("0").ctrl()), always();
    ToggleSingleKeys: View, "Single-letter keys", "Let single letters run commands",
        |program| program.toggle_single_keys(),
        section(), always(), checked(|program| program.prefs().single_keys);

    Keys: Help, "Keyboard shortcuts", "Show all keyboard shortcuts",
        |program| program.ask(Keys),
        key(shortcut("?")), always();
    About: Help, "About Casebook", "Version, licence, and where things are stored",
        |program| program.ask(About),
        always();
}
