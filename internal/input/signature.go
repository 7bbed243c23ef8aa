package input

import (
	"bytes"
	"errors"
)

// signature is what files of a kind begin with.
type signature struct {
	what   string
	begins string
	at     int    // bytes before then
	then   string // "" for no matter what
	holds  string // what else stands near the beginning
}

// signatures are those of what newsrooms and crawlers keep among texts, the particular
// before the general, as the WHATWG's MIME Sniffing Standard and the descriptions of the
// formats have them. No text begins like one.
var signatures = []signature{
	{what: "a PDF document", begins: "%PDF-"},
	{what: "a PDF document", begins: "\ufeff%PDF-"},
	{what: "a PostScript document", begins: "%!PS-Adobe-"},
	{what: "an RTF document", begins: `{\rtf`},
	{what: "an old Office document (DOC, XLS, PPT or MSG)", begins: "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"},
	{what: "a Word document (DOCX)", begins: "PK\x03\x04", holds: "word/"},
	{what: "an Excel workbook (XLSX)", begins: "PK\x03\x04", holds: "xl/"},
	{what: "a PowerPoint presentation (PPTX)", begins: "PK\x03\x04", holds: "ppt/"},
	{what: "an Office document", begins: "PK\x03\x04", holds: "[Content_Types].xml"},
	{what: "an EPUB book", begins: "PK\x03\x04", holds: "mimetypeapplication/epub+zip"},
	{what: "an OpenDocument file", begins: "PK\x03\x04", holds: "mimetypeapplication/vnd.oasis.opendocument"},
	{what: "a ZIP archive", begins: "PK\x03\x04"},
	{what: "a ZIP archive", begins: "PK\x05\x06"},
	{what: "a ZIP archive", begins: "PK\x07\x08"},
	{what: "a 7-Zip archive", begins: "7z\xBC\xAF\x27\x1C"},
	{what: "a RAR archive", begins: "Rar!\x1A\x07"},
	{what: "a tar archive", at: 257, then: "ustar"},
	{what: "a gzip file within another", begins: "\x1F\x8B\x08"},
	{what: "a zstd file within another", begins: "\x28\xB5\x2F\xFD"},
	{what: "a file compressed by xz", begins: "\xFD7zXZ\x00"},
	{what: "a file compressed by bzip2", begins: "BZh", at: 4, then: "1AY&SY"},
	{what: "a file compressed by lz4", begins: "\x04\x22\x4D\x18"},
	{what: "a file compressed by compress", begins: "\x1F\x9D"},
	{what: "a cabinet archive", begins: "MSCF\x00"},
	{what: "a PNG image", begins: "\x89PNG\r\n\x1A\n"},
	{what: "a JPEG image", begins: "\xFF\xD8\xFF"},
	{what: "a GIF image", begins: "GIF87a"},
	{what: "a GIF image", begins: "GIF89a"},
	{what: "a TIFF image", begins: "II*\x00"},
	{what: "a TIFF image", begins: "MM\x00*"},
	{what: "a WebP image", begins: "RIFF", at: 8, then: "WEBPVP"},
	{what: "a Windows bitmap", begins: "BM", at: 6, then: "\x00\x00\x00\x00"},
	{what: "a Photoshop image", begins: "8BPS\x00"},
	{what: "a DjVu document", begins: "AT&TFORM\x00"},
	{what: "an AVIF image", begins: "\x00\x00\x00", at: 4, then: "ftypavif"},
	{what: "a HEIF image", begins: "\x00\x00\x00", at: 4, then: "ftyphei"},
	{what: "a HEIF image", begins: "\x00\x00\x00", at: 4, then: "ftypmif1"},
	{what: "a film or a recording (MP4)", begins: "\x00\x00\x00", at: 4, then: "ftyp"},
	{what: "a film or a recording (Matroska, WebM)", begins: "\x1A\x45\xDF\xA3"},
	{what: "a film (AVI)", begins: "RIFF", at: 8, then: "AVI LIST"},
	{what: "a recording (WAVE)", begins: "RIFF", at: 8, then: "WAVEfmt "},
	{what: "a recording (MP3)", begins: "ID3\x02\x00"},
	{what: "a recording (MP3)", begins: "ID3\x03\x00"},
	{what: "a recording (MP3)", begins: "ID3\x04\x00"},
	{what: "a recording (Ogg)", begins: "OggS\x00"},
	{what: "a recording (FLAC)", begins: "fLaC\x00"},
	{what: "a SQLite database", begins: "SQLite format 3\x00"},
	{what: "a Parquet file", begins: "PAR1\x15"},
	{what: "an Avro file", begins: "Obj\x01"},
	{what: "an ELF program", begins: "\x7FELF"},
	{what: "a Windows program", begins: "MZ\x90\x00"},
	{what: "a WebAssembly program", begins: "\x00asm"},
	{what: "a binary property list", begins: "bplist00"},
}

// NotText returns, by its first bytes, what a file is that is no text, such as "a PDF
// document"; "" for what may be one.
func NotText(head []byte) string {
	for _, s := range signatures {
		if bytes.HasPrefix(head, []byte(s.begins)) && bytes.HasPrefix(head[min(s.at, len(head)):], []byte(s.then)) &&
			bytes.Contains(head, []byte(s.holds)) {
			return s.what
		}
	}
	return ""
}

// mostlyText returns why what begins so is not read as text in UTF-8 or an encoding of
// single bytes.
func mostlyText(head []byte) error {
	zeros := [2]int{} // at even and at odd bytes
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	switch n := len(head); {
	case zeros[0]+zeros[1] <= n/100:
		return nil
	case zeros[0] == 0 && zeros[1] > n/3:
		return errors.New("text in UTF-16 without a byte order mark; want the encoding utf-16le")
	case zeros[1] == 0 && zeros[0] > n/3:
		return errors.New("text in UTF-16 without a byte order mark; want the encoding utf-16be")
	}
	return errors.New("binary data, not text")
}
