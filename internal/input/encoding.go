package input

import (
	"bytes"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// marked returns the encoding that a byte order mark says, nil when there is none or it
// is that of UTF-8. Some programs put \xff\xfe before text in single bytes, which it
// does not make UTF-16.
func marked(head []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe\x00\x00")) && wide(head[4:], 4):
		return utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)
	case bytes.HasPrefix(head, []byte("\x00\x00\xfe\xff")):
		return utf32.UTF32(utf32.BigEndian, utf32.UseBOM)
	case bytes.HasPrefix(head, []byte("\xff\xfe")) && wide(head[2:], 2):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(head, []byte("\xfe\xff")) && wide(head[2:], 2):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	}
	return nil
}

// wide reports whether what follows a byte order mark may be in units of so many bytes:
// English in UTF-16 is half zeros, in UTF-32 three quarters, and in single bytes nearly
// all letters, digits, spaces and marks.
func wide(b []byte, size int) bool {
	zeros, seen := 0, 0
	for _, c := range b {
		switch {
		case c == 0:
			zeros++
		case ' ' <= c && c < 0x7F, c == '\n', c == '\r', c == '\t':
			seen++
		}
	}
	if size == 4 {
		return zeros >= len(b)/2
	}
	return zeros > len(b)/100 || seen <= len(b)*3/4
}

// strays reads text in UTF-8 as it is, and notes bytes that are not.
type strays struct {
	r       io.Reader
	carry   []byte // of a character that is not whole yet
	line    int    // of what comes next, until first is known
	first   int    // the line of the first byte that is not UTF-8, 0 for none
	count   int    // of such bytes
	beside  int    // of such letters beside another, as words in Cyrillic have them
	after   bool   // the byte before was such a letter
	wellMet int    // characters of several bytes
}

func (s *strays) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	s.look(p[:n])
	if err == io.EOF {
		for range s.carry {
			s.stray(s.carry[0])
			s.carry = s.carry[1:]
		}
	}
	return n, err
}

// look looks at bytes.
func (s *strays) look(b []byte) {
	for len(s.carry) > 0 && len(b) > 0 {
		s.carry, b = append(s.carry, b[0]), b[1:]
		for n := s.step(s.carry); n > 0; n = s.step(s.carry) {
			s.carry = s.carry[n:]
		}
	}
	for len(b) > 0 {
		if n := ascii(b); n > 0 {
			if s.first == 0 {
				s.line += bytes.Count(b[:n], []byte{'\n'})
			}
			s.after, b = false, b[n:]
			continue
		}
		n := s.step(b)
		if n == 0 {
			s.carry = append(s.carry[:0], b...)
			return
		}
		b = b[n:]
	}
}

// ascii returns how many bytes of ASCII b begins with.
func ascii(b []byte) int {
	for i, c := range b {
		if c >= utf8.RuneSelf {
			return i
		}
	}
	return len(b)
}

// step takes a character, or a byte that is none, and returns its length; 0 when more
// bytes have to come.
func (s *strays) step(b []byte) int {
	if !utf8.FullRune(b) {
		return 0
	}
	r, n := utf8.DecodeRune(b)
	switch {
	case r == utf8.RuneError && n == 1:
		s.stray(b[0])
		return 1
	case n > 1:
		s.wellMet++
	case r == '\n' && s.first == 0:
		s.line++
	}
	s.after = false
	return n
}

func (s *strays) stray(b byte) {
	if s.first == 0 {
		s.first = s.line
	}
	s.count++
	letter := b >= 0xC0 // in all encodings of single bytes for Windows
	if letter && s.after {
		s.beside++
	}
	s.after = letter
}

// warning returns what is to be said of the bytes that are not UTF-8; nil for none.
func (s *strays) warning() *Warning {
	if s.count == 0 {
		return nil
	}
	w := &Warning{Line: s.first, What: fmt.Sprintf("%d bytes are not UTF-8, the first of them in this line", s.count)}
	if s.count == 1 {
		w.What = "a byte is not UTF-8"
	}
	switch {
	case s.wellMet >= s.count: // most of the text is UTF-8
	case s.beside > s.count/2:
		w.Encoding = "windows-1251"
	default:
		w.Encoding = "windows-1252"
	}
	return w
}
