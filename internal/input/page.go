package input

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// Limits of HTML input, so that no page takes more memory than others.
const (
	maxToken = 4 << 20 // bytes of one tag, comment, script, or run of text
	maxDepth = 2000    // elements within one another
)

// page reads the main text of an HTML page as it comes, without a tree: blocks
// are paragraphs with a blank line between them, white space is collapsed but in
// pre, and what a reader of the page does not see, or navigates by, is left out.
type page struct {
	z       *html.Tokenizer
	open    []element
	text    []byte // to be read
	pending gap    // what stands before the next character
	begun   bool   // some text was written
	err     error
}

// element is an open element.
type element struct {
	atom    atom.Atom
	name    string // when it has no atom
	dropped bool   // it, or one that it is in, is left out
	pre     bool   // white space in it counts
	main    bool   // it is within the main part of the page
}

// gap is what stands between two pieces of text; the larger one wins.
type gap int

const (
	none gap = iota
	space
	lineBreak
	paragraph
)

// page returns a reader of a page's text. A page that was not converted is in the
// encoding that its head says, else in UTF-8.
func (in *Reader) page(r io.Reader, converted bool) *page {
	if !converted {
		head, _ := in.r.Peek(1024) // a fault comes again when it is read
		if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
			_, _ = in.r.Discard(2) // it has them, and was seen not to be UTF-16
			head = head[2:]
		}
		e, name, certain := charset.DetermineEncoding(head, "")
		if name != "utf-8" && (certain || !utf8.Valid(whole(head))) {
			r, in.strays = e.NewDecoder().Reader(in.r), nil
		}
	}
	text := bufio.NewReaderSize(r, 4<<10)
	if mark, _ := text.Peek(3); string(mark) == "\ufeff" {
		_, _ = text.Discard(3) // it has them
	}
	z := html.NewTokenizer(text)
	z.SetMaxBuf(maxToken)
	return &page{z: z}
}

// whole returns b without the bytes of a character that is cut off.
func whole(b []byte) []byte {
	for i := 1; i < utf8.UTFMax && i <= len(b); i++ {
		if last := b[len(b)-i:]; utf8.RuneStart(last[0]) {
			if !utf8.FullRune(last) {
				return b[:len(b)-i]
			}
			break
		}
	}
	return b
}

// Read reads text.
func (p *page) Read(b []byte) (int, error) {
	for len(p.text) == 0 && p.err == nil {
		p.step()
	}
	if len(p.text) == 0 {
		return 0, p.err
	}
	n := copy(b, p.text)
	p.text = p.text[:copy(p.text, p.text[n:])]
	return n, nil
}

// step takes the next token.
func (p *page) step() {
	switch p.z.Next() {
	case html.ErrorToken:
		p.err = p.z.Err()
		if errors.Is(p.err, html.ErrBufferExceeded) {
			p.err = fmt.Errorf("HTML with a tag, comment, script or run of text of more than %d bytes", maxToken)
		}
		if errors.Is(p.err, io.EOF) && p.begun {
			p.text = append(p.text, '\n')
		}
	case html.TextToken:
		if top := p.top(); !top.dropped {
			p.write(p.z.Text(), top.pre)
		}
	case html.StartTagToken, html.SelfClosingTagToken:
		p.start()
	case html.EndTagToken:
		name, _ := p.z.TagName()
		p.end(atom.Lookup(name), string(name))
	}
}

// top returns the innermost open element.
func (p *page) top() element {
	if len(p.open) == 0 {
		return element{}
	}
	return p.open[len(p.open)-1]
}

// write writes text that is seen.
func (p *page) write(text []byte, pre bool) {
	for len(text) > 0 {
		n := bytes.IndexAny(text, " \t\n\r\f")
		if pre || n < 0 {
			n = len(text)
		}
		if n == 0 {
			p.pending = max(p.pending, space)
			text = text[1:]
			continue
		}
		if p.begun {
			p.text = append(p.text, [...]string{"", " ", "\n", "\n\n"}[p.pending]...)
		}
		p.begun, p.pending = true, none
		// Soft hyphens are for the browser to break words at.
		p.text = append(p.text, bytes.ReplaceAll(text[:n], []byte("\u00AD"), nil)...)
		text = text[n:]
	}
}

var (
	void = []atom.Atom{
		atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input, atom.Link,
		atom.Meta, atom.Source, atom.Track, atom.Wbr,
	}
	blocks = []atom.Atom{
		atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Caption, atom.Center,
		atom.Dd, atom.Details, atom.Dialog, atom.Dir, atom.Div, atom.Dl, atom.Dt, atom.Fieldset,
		atom.Figcaption, atom.Figure, atom.Footer, atom.Form, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5,
		atom.H6, atom.Head, atom.Header, atom.Hgroup, atom.Hr, atom.Html, atom.Legend, atom.Li,
		atom.Listing, atom.Main, atom.Menu, atom.Nav, atom.Ol, atom.P, atom.Pre, atom.Section,
		atom.Summary, atom.Table, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr, atom.Ul,
	}
	// unwanted holds no text, or no text of the page itself.
	unwanted = []atom.Atom{
		atom.Aside, atom.Audio, atom.Button, atom.Canvas, atom.Datalist, atom.Iframe, atom.Math, atom.Menu,
		atom.Nav, atom.Noembed, atom.Noframes, atom.Noscript, atom.Object, atom.Rp, atom.Script,
		atom.Select, atom.Style, atom.Svg, atom.Template, atom.Textarea, atom.Title, atom.Video,
	}
	unwantedRoles = []string{"navigation", "banner", "contentinfo", "complementary", "search"}
	cells         = []atom.Atom{atom.Td, atom.Th, atom.Caption}
	tables        = []atom.Atom{
		atom.Table, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr,
	}
	bounds = []atom.Atom{atom.Td, atom.Th, atom.Caption, atom.Table, atom.Button, atom.Object} // of paragraphs
	lists  = []atom.Atom{atom.Ul, atom.Ol, atom.Dl, atom.Menu, atom.Dir}
)

// start takes a start tag.
func (p *page) start() {
	name, more := p.z.TagName()
	e := element{atom: atom.Lookup(name)}
	if e.atom == 0 {
		e.name = string(name)
	}
	p.closeBefore(e.atom)
	top := p.top()
	e.pre = top.pre || e.atom == atom.Pre || e.atom == atom.Listing
	e.main = top.main || e.atom == atom.Article || e.atom == atom.Main
	// A page's header and footer are not its text; those of an article are.
	e.dropped = top.dropped || slices.Contains(unwanted, e.atom) || e.atom == atom.Dialog ||
		(e.atom == atom.Header || e.atom == atom.Footer) && !top.main
	for more {
		var key, value []byte
		key, value, more = p.z.TagAttr()
		switch string(key) {
		case "hidden":
			e.dropped = true
		case "style":
			style := strings.ToLower(strings.Join(strings.Fields(string(value)), ""))
			e.dropped = e.dropped || strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
		case "role":
			e.dropped = e.dropped || slices.Contains(unwantedRoles, strings.ToLower(string(value)))
		case "open":
			if e.atom == atom.Dialog {
				e.dropped = top.dropped
			}
		}
	}
	p.breakAt(e.atom)
	if slices.Contains(void, e.atom) {
		return
	}
	if len(p.open) == maxDepth {
		p.err = fmt.Errorf("HTML with more than %d elements within one another", maxDepth)
		return
	}
	p.open = append(p.open, e)
}

// breakAt notes the gap that an element makes in the text.
func (p *page) breakAt(a atom.Atom) {
	switch {
	case a == atom.Br:
		p.pending = max(p.pending, lineBreak)
	case slices.Contains(blocks, a):
		p.pending = paragraph
	}
}

// closeBefore closes what a start tag closes without an end tag.
func (p *page) closeBefore(a atom.Atom) {
	switch {
	case a == atom.Li:
		p.closeTo([]atom.Atom{atom.Li}, lists)
	case a == atom.Dt, a == atom.Dd:
		p.closeTo([]atom.Atom{atom.Dt, atom.Dd}, lists)
	case a == atom.Option, a == atom.Optgroup:
		p.closeTo([]atom.Atom{atom.Option}, []atom.Atom{atom.Select, atom.Datalist})
	case a == atom.Td, a == atom.Th:
		p.closeTo(cells, []atom.Atom{atom.Tr, atom.Table})
	case a == atom.Tr:
		p.closeTo([]atom.Atom{atom.Tr}, []atom.Atom{atom.Table})
	case a == atom.Thead, a == atom.Tbody, a == atom.Tfoot:
		p.closeTo([]atom.Atom{atom.Thead, atom.Tbody, atom.Tfoot}, []atom.Atom{atom.Table})
	case a == atom.Body:
		p.closeTo([]atom.Atom{atom.Head}, nil)
	}
	if slices.Contains(blocks, a) {
		p.closeTo([]atom.Atom{atom.P}, bounds)
	}
}

// closeTo closes the innermost open element that is one of those given, with all
// within it, unless one of the bounds is further in.
func (p *page) closeTo(atoms, bounds []atom.Atom) {
	for i := len(p.open) - 1; i >= 0; i-- {
		if a := p.open[i].atom; slices.Contains(atoms, a) {
			p.open = p.open[:i]
			return
		} else if slices.Contains(bounds, a) {
			return
		}
	}
}

// end takes an end tag. One that ends nothing is ignored.
func (p *page) end(a atom.Atom, name string) {
	p.breakAt(a)
	for i := len(p.open) - 1; i >= 0; i-- {
		e := p.open[i]
		if e.atom == a && (a != 0 || e.name == name) {
			p.open = p.open[:i]
			return
		}
		if slices.Contains(cells, e.atom) && !slices.Contains(tables, a) {
			return // an element around the table does not end in a cell
		}
	}
}
