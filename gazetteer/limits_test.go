package gazetteer_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/steppe-ner/steppe/gazetteer"
	"github.com/steppe-ner/steppe/internal/token"
)

// endless gives a header and then rows that have no end. It counts what was read.
type endless struct {
	pending []byte
	row     func(i int) string
	rows    int
	read    int
}

func (e *endless) Read(p []byte) (int, error) {
	for len(e.pending) < len(p) && len(e.pending) < 64<<10 {
		e.pending = append(e.pending, e.row(e.rows)...)
		e.rows++
	}
	n := copy(p, e.pending)
	e.pending = e.pending[:copy(e.pending, e.pending[n:])]
	e.read += n
	return n, nil
}

// TestEndlessFiles: of a file that never ends, a Builder reads as much as its
// limits allow, and says where they were passed.
func TestEndlessFiles(t *testing.T) {
	padding := strings.Repeat("0", 100_000)
	for name, test := range map[string]struct {
		header string
		row    func(i int) string
		want   string
		rows   int // at the most
	}{
		"one line":        {"", func(int) string { return "x" }, "f:1:1048577: line longer than 1048576 bytes", 2 << 20},
		"columns":         {"", func(int) string { return "a\tb\t" }, "f:1:1048577: line longer than 1048576 bytes", 2 << 20},
		"faults":          {"kind\tname\n", func(i int) string { return fmt.Sprintf("town\tA%d\n", i) }, "f:1002:1: more than 1000 faults", 20_000},
		"long faults":     {"kind\tname\n", func(int) string { return padding + "\ta\n" }, `f:2:1: kind: unknown kind "0000`, 2000},
		"the same alias":  {"kind\tname\taliases\n", func(i int) string { return fmt.Sprintf("city\tA%d\t%s\n", i, strings.Repeat("b|", 400_000)+"b") }, `f:2:11: name "b" given twice`, 10},
		"binary":          {"", func(int) string { return "\x00\xff" }, "f:1:1048577: line longer than 1048576 bytes", 2 << 20},
		"invalid":         {"kind\tname\n", func(int) string { return "\xff\n" }, "f:2:1: not UTF-8", 100_000},
		"too many fields": {"kind\tname\n", func(int) string { return "x" + strings.Repeat("\t", 1<<15) + "\n" }, "f:2:32770: 32769 fields in the row, want 2", 2000},
	} {
		t.Run(name, func(t *testing.T) {
			var b gazetteer.Builder
			rows := &endless{pending: []byte(test.header), row: test.row}
			b.ReadTSV("f", rows)
			_, err := b.Build()
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("%.300v, want %s", err, test.want)
			}
			if len(err.Error()) > 1<<19 {
				t.Errorf("the faults take %d bytes", len(err.Error()))
			}
			if rows.rows > test.rows {
				t.Errorf("%d rows were read", rows.rows)
			}
		})
	}
}

// TestFull: the row that passes a limit is named, and none is read after it.
func TestFull(t *testing.T) {
	row := func(i int) string { return fmt.Sprintf("city\tA%d\n", i) }
	removed := func(i int) string { return fmt.Sprintf("remove\t%d\n", i) }
	padding := strings.Repeat("0", 90_000)
	for _, test := range []struct {
		left   gazetteer.Size
		header string
		row    func(i int) string
		want   string
	}{
		{gazetteer.Size{Entities: 2}, "kind\tname", row, "f:4:1: more than 2097152 entities"},
		{gazetteer.Size{Entities: 2}, "kind\tid\tname", func(i int) string { return strings.ReplaceAll(removed(i), "\n", "\t\n") }, "f:4:1: more than 2097152 entities"},
		{gazetteer.Size{Names: 3}, "kind\tname", row, "f:5:1: more than 1000000 names"},
		{gazetteer.Size{Names: 25_000}, "kind\tname\taliases", func(i int) string { return fmt.Sprintf("city\tA%d\t%s\n", i, aliases(i, 15_000)) }, "f:3:1: more than 1000000 names"},
		{gazetteer.Size{Words: 33}, "kind\tname", func(i int) string { return fmt.Sprintf("city\tA%d b c d e f g h i j k l m n o p\n", i) }, "f:4:1: more than 4000000 words of names"},
		{gazetteer.Size{Bytes: 1 << 18}, "kind\tname\tpopulation", func(i int) string { return fmt.Sprintf("city\tA%d\t%s\n", i, padding) }, "f:4:1: more than 67108864 bytes of entities"},
		{gazetteer.Size{Bytes: 1 << 18}, "kind\tname", func(i int) string { return fmt.Sprintf("city\tA%d%s\n", i, strings.Repeat(";sure", 15_000)) }, "f:5:1: more than 67108864 bytes of entities"},
	} {
		var b gazetteer.Builder
		b.FillBut(test.left)
		rows := &endless{pending: []byte(test.header + "\n"), row: test.row}
		b.ReadTSV("f", rows)
		if _, err := b.Build(); err == nil || err.Error() != test.want {
			t.Errorf("%.300v, want %s", err, test.want)
		}
		if rows.read > 2<<20 {
			t.Errorf("%s: %d bytes were read", test.want, rows.read)
		}
	}
}

// aliases returns n aliases that no other row i has.
func aliases(i, n int) string {
	b := []byte("x")
	for k := range n {
		b = fmt.Appendf(b, "|%d", i*n+k)
	}
	return string(b)
}

// TestDuplicateColumns: what is wrong with a header is found without comparing
// each column with each.
func TestDuplicateColumns(t *testing.T) {
	var b gazetteer.Builder
	b.ReadTSV("f", strings.NewReader(strings.Repeat("x\t", 200_000)+strings.Repeat("id\t", 200_000)+"\n"))
	if _, err := b.Build(); err == nil || !strings.Contains(err.Error(), "f:1:2001: more than 1000 faults") {
		t.Errorf("%.200v", err)
	}
}

// TestColumns: what is wrong with a row is said with the column where it is.
func TestColumns(t *testing.T) {
	long := strings.Repeat("x", gazetteer.MaxNameBytes+1)
	var b gazetteer.Builder
	b.ReadTSV("f", strings.NewReader("kind\tname\taliases\tcountry\tdescription\tid\n"+
		"city\tOsh\tA|"+long+"|B\tKG\t\t\n"+
		"city\tOsh\t\tkyrgyz\t\t\n"+
		"city\tOsh\t\t\t"+long+"\t\n"+
		"city\tOsh\t\t\t\t"+long+"\n"+
		"city\tOsh\tA|a b c d e f g h i j k l m n o p q\t\t\t\n"+
		"city\tOsh\tA|!;lang=very long one\t\t\t\n"+
		"city\tOsh\tA|A\t\t\t\n"+
		"city\tOsh\tOsh\t\t\t\n"+
		"city\tOsh\tA|B;lang=\x01\t\t\t\n"))
	_, err := b.Build()
	for _, want := range []string{
		`f:2:12: name of 257 bytes, 256 are the most: "xxx`,
		`f:3:11: country "kyrgyz" is not an ISO 3166 code`,
		`f:4:12: description of 257 bytes, 256 are the most: "xxx`,
		`f:5:13: ID of 257 bytes, 256 are the most: "xxx`,
		`f:6:12: name "a b c d e f g h i j k l m n o p q" has 17 words, want 1 to 16`,
		`f:7:12: bad language "very long one"`,
		`f:8:12: name "A" given twice`,
		`f:9:10: name "Osh" given twice`,
		`f:10:12: bad language "\x01"`,
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("no fault %s in:\n%v", want, err)
		}
	}
}

// TestMeanings: of a name with very many meanings, and of very many names that begin
// alike, a text is given the likeliest; Lookup knows all.
func TestMeanings(t *testing.T) {
	var b gazetteer.Builder
	for i := range 100 {
		b.Add(gazetteer.Entry{ID: gazetteer.ID(fmt.Sprint("person:", i)), Kind: gazetteer.Person, Name: "Ann Lee", Rank: 1 + i%(100/gazetteer.MaxMeanings)})
		if i < 15 {
			b.Add(gazetteer.Entry{ID: gazetteer.ID(fmt.Sprint("city:", i)), Kind: gazetteer.City, Name: "Zorg Blat"})
		}
		b.Add(gazetteer.Entry{ID: gazetteer.ID(fmt.Sprint("demonym:", i)), Kind: gazetteer.Demonym, Name: "Zorg"})
		b.Add(gazetteer.Entry{ID: gazetteer.ID(fmt.Sprint("place:", i)), Kind: gazetteer.Place, Name: "Ab" + strings.Repeat(" Ab", i%16)})
	}
	g, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	if n := len(g.Lookup("Ann Lee")); n != 100 {
		t.Errorf("%d meanings, want 100", n)
	}
	for _, text := range []string{"Zorg Blat", "Ann Lee", strings.TrimSpace(strings.Repeat("Ab ", 16))} {
		words, _ := token.Append(nil, nil, text)
		n := 0
		for _, m := range gazetteer.AppendMatches(g, nil, text, words) {
			if m.Start == 0 {
				n++
			}
			if text == "Ann Lee" && m.Rank != 1 {
				t.Errorf("%+v is not among the likeliest", m)
			}
		}
		if n != gazetteer.MaxMeanings {
			t.Errorf("%q: %d matches at its first word", text, n)
		}
	}
}

// TestLineLength: a line may be as long as is said, whatever ends it.
func TestLineLength(t *testing.T) {
	for _, end := range []string{"", "\n", "\r\n"} {
		for _, more := range []int{0, 1, 2, 3} {
			var b gazetteer.Builder
			row := "place\tA\t"
			b.ReadTSV("f", strings.NewReader("kind\tname\tdescription\n"+row+strings.Repeat("d", gazetteer.MaxLineBytes-len(row)+more)+end))
			_, err := b.Build()
			want := "f:2:9: description of"
			if more > 0 {
				want = "f:2:1048577: line longer than 1048576 bytes"
			}
			if err == nil || !strings.HasPrefix(err.Error(), want) {
				t.Errorf("%d bytes more and %q: %.100v, want %s", more, end, err, want)
			}
		}
	}
}

// TestHalfLine: of a line in which reading fails only that is said.
func TestHalfLine(t *testing.T) {
	var b gazetteer.Builder
	b.ReadTSV("f", io.MultiReader(strings.NewReader("kind\tname\nplace\tA\nk"), iotest.ErrReader(errors.New("the line is down"))))
	if _, err := b.Build(); err == nil || err.Error() != "f:3:1: the line is down" {
		t.Error(err)
	}
}

// TestLargeLayers: layers that are too large together can be used, and not written as one.
func TestLargeLayers(t *testing.T) {
	var layers []*gazetteer.Gazetteer
	description := strings.Repeat("d", gazetteer.MaxNameBytes)
	for l := range 2 {
		var b gazetteer.Builder
		for i := range 44_000 {
			b.Add(gazetteer.Entry{Kind: gazetteer.Person, ID: gazetteer.ID(fmt.Sprintf("x%0255d", l*1_000_000+i)), Name: fmt.Sprintf("P%0255d", i), Description: description})
		}
		g, err := b.Build()
		if err != nil {
			t.Fatal(err)
		}
		layers = append(layers, g)
	}
	write := func(layers ...*gazetteer.Gazetteer) error {
		_, err := gazetteer.Layered(layers...).WriteTo(io.Discard)
		return err
	}
	names := func(first string) *gazetteer.Gazetteer {
		var b gazetteer.Builder
		for i := range 101 {
			list := make([]gazetteer.Name, gazetteer.MaxNames/200)
			for k := range list {
				list[k].Text = strconv.Itoa(k)
			}
			b.Add(gazetteer.Entry{Kind: gazetteer.Person, ID: gazetteer.ID(fmt.Sprint(first, i)), Name: "0"}, list...)
		}
		g, err := b.Build()
		if err != nil {
			t.Fatal(err)
		}
		return g
	}
	if err := write(names("A"), nil, names("B")); err == nil || err.Error() != "more than 1000000 names" {
		t.Error(err)
	}
	if err := write(layers...); err == nil || !strings.Contains(err.Error(), "more than 67108864 bytes of entities") {
		t.Error(err)
	}
}

// TestParseBombs: a small file that would be large when decoded is refused before
// it is.
func TestParseBombs(t *testing.T) {
	var b gazetteer.Builder
	description := strings.Repeat("d", gazetteer.MaxNameBytes)
	for i := range 2000 {
		b.Add(gazetteer.Entry{Kind: gazetteer.Person, Name: fmt.Sprintf("P%d", i), Description: description})
	}
	g, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	var buf bytes.Buffer
	if _, err := g.WriteTo(&buf); err != nil {
		t.Fatal(err)
	}
	for _, claim := range []uint32{1<<27 + 1, 1 << 31, 0xFFFFFFFF} {
		if _, err := gazetteer.Parse(gazetteer.ClaimDecoded(buf.Bytes(), claim)); err == nil || !strings.Contains(err.Error(), "out of range") {
			t.Errorf("a block that claims %d bytes is decoded: %v", claim, err)
		}
	}
	if _, err := gazetteer.Parse(gazetteer.ClaimNames(buf.Bytes(), func(int) []gazetteer.Name { return make([]gazetteer.Name, 1<<20) })); err == nil {
		t.Error("a record that claims more names than there are is decoded")
	}
	var before, after runtime.MemStats
	data := gazetteer.ClaimIDs(buf.Bytes(), make([]byte, 1<<22))
	runtime.ReadMemStats(&before)
	_, err = gazetteer.Parse(data)
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; err == nil || took > 8*uint64(len(data)) {
		t.Errorf("IDs of nothing but zeroes: %v, in %d bytes", err, took)
	}
	for _, text := range []string{" ", "\u00ad\n", strings.Repeat("a ", 20)} {
		data := gazetteer.ClaimNames(buf.Bytes(), func(had int) []gazetteer.Name { return slices.Repeat([]gazetteer.Name{{Text: text}}, had) })
		if _, err := gazetteer.Parse(data); err == nil {
			t.Errorf("a record with the name %q is decoded", text)
		}
	}
}

// TestParseLengths: whatever the lengths of the header claim, on 32 bits too, damaged
// data are refused.
func TestParseLengths(t *testing.T) {
	var buf bytes.Buffer
	if _, err := build(t, small).WriteTo(&buf); err != nil {
		t.Fatal(err)
	}
	for _, at := range gazetteer.Lengths(buf.Bytes()) {
		for _, claim := range []uint32{0xFFFFFFFF, 0xFFFFF000, 0xF0000000, 1 << 31, 1<<31 - 1, 1 << 28} {
			data := bytes.Clone(buf.Bytes())
			binary.LittleEndian.PutUint32(data[at:], claim)
			if _, err := gazetteer.Parse(gazetteer.MendChecksum(data)); err == nil {
				t.Errorf("byte %d: %#x is taken", at, claim)
			}
		}
	}
}
