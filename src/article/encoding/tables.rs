//! Encodings of eight bits that the WHATWG Encoding Standard does not have: those of DOS, and one of the old Mac OS.
//!
//! Source: the mapping tables of the Unicode Consortium, `VENDORS/MICSFT/PC` and `VENDORS/APPLE/CENTEURO.TXT`.

/// An encoding whose first half is ASCII.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Table {
    /// Its name on screen and in notebooks.
    pub name: &'static str,
    /// Other names, in small letters and without hyphens.
    pub labels: &'static [&'static str],
    /// The 128 characters of the bytes from 0x80; U+FFFD where a byte has no meaning.
    pub high: &'static str,
}

/// All of them, the likely ones first.
pub(super) static TABLES: [&Table; 9] =
    [&CP850, &CP437, &CP852, &CP858, &CP860, &CP863, &CP865, &CP857, &MAC_CE];

/// The first IBM PC.
pub(super) static CP437: Table = Table {
    name: "cp437",
    labels: &["ibm437", "437", "cspc8codepage437"],
    high: "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
        └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}",
};

/// DOS in Western Europe.
pub(super) static CP850: Table = Table {
    name: "cp850",
    labels: &["ibm850", "850", "cspc850multilingual"],
    high: "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
        └┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}",
};

/// DOS in Central Europe.
pub(super) static CP852: Table = Table {
    name: "cp852",
    labels: &["ibm852", "852", "cspcp852"],
    high: "ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐\
        └┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u{ad}˝˛ˇ˘§÷¸°¨˙űŘř■\u{a0}",
};

/// DOS in Turkey.
pub(super) static CP857: Table = Table {
    name: "cp857",
    labels: &["ibm857", "857", "csibm857"],
    high: "ÇüéâäàåçêëèïîıÄÅÉæÆôöòûùİÖÜø£ØŞşáíóúñÑĞğ¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
        └┴┬├─┼ãÃ╚╔╩╦╠═╬¤ºªÊËÈ\u{fffd}ÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµ\u{fffd}×ÚÛÙìÿ¯´\u{ad}±\u{fffd}¾¶§÷¸°¨·¹³²■\u{a0}",
};

/// CP850 with the euro sign.
pub(super) static CP858: Table = Table {
    name: "cp858",
    labels: &["ibm858", "ibm00858", "858", "ccsid00858", "pcmultilingual850euro"],
    high: "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
        └┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈ€ÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}",
};

/// DOS in Portugal.
pub(super) static CP860: Table = Table {
    name: "cp860",
    labels: &["ibm860", "860", "csibm860"],
    high: "ÇüéâãàÁçêÊèÍÔìÃÂÉÀÈôõòÚùÌÕÜ¢£Ù₧ÓáíóúñÑªº¿Ò¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
        └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}",
};

/// DOS in French Canada.
pub(super) static CP863: Table = Table {
    name: "cp863",
    labels: &["ibm863", "863", "csibm863"],
    high: "ÇüéâÂà¶çêëèïî‗À§ÉÈÊôËÏûù¤ÔÜ¢£ÙÛƒ¦´óú¨¸³¯Î⌐¬½¼¾«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
        └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}",
};

/// DOS in Denmark and Norway.
pub(super) static CP865: Table = Table {
    name: "cp865",
    labels: &["ibm865", "865", "csibm865"],
    high: "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø₧ƒáíóúñÑªº¿⌐¬½¼¡«¤░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
        └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}",
};

/// Mac OS in Central Europe.
pub(super) static MAC_CE: Table = Table {
    name: "x-mac-ce",
    labels: &["xmacce", "maccentraleurope", "maclatin2", "maccenteuro"],
    high: "ÄĀāÉĄÖÜáąČäčĆćéŹźĎíďĒēĖóėôöõúĚěü†°Ę£§•¶ß®©™ę¨≠ģĮįĪ≤≥īĶ∂∑łĻļĽľĹĺŅ\
        ņŃ¬√ńŇ∆«»…\u{a0}ňŐÕőŌ–—“”‘’÷◊ōŔŕŘ‹›řŖŗŠ‚„šŚśÁŤťÍŽžŪÓÔūŮÚůŰűŲųÝýķŻŁżĢˇ",
};

#[cfg(test)]
mod tests {
    use super::TABLES;

    #[test]
    fn every_table_has_its_128_characters() {
        for table in TABLES {
            assert_eq!(table.high.chars().count(), 128, "{}", table.name);
        }
    }
}
