// Command wordsgen writes the table of package words from the reference folder:
// English words (SCOWL), given names and surnames (U.S. Census 1990,
// popular-names-by-country), and word clusters (k-means over spaCy's vectors).
//
//	go run ./internal/cmd/wordsgen -reference ../shared/reference -o internal/words/words.bin
package main

import (
	"bufio"
	"compress/gzip"
	"encoding/binary"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/steppe-ner/steppe/internal/fold"
	"github.com/steppe-ner/steppe/internal/words"
)

func main() {
	reference := flag.String("reference", "../shared/reference", "the reference `folder`")
	out := flag.String("o", "internal/words/words.bin", "write the table to this `file`")
	flag.Parse()
	data, err := Table(*reference)
	if err == nil {
		err = os.WriteFile(*out, data, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "wordsgen:", err)
		os.Exit(1)
	}
}

// entry is what is known of one folded word.
type entry struct {
	flags        words.Info
	coarse, fine int
	rank         int // of the spelling whose clusters are used: lower is better
}

type lexicon map[string]*entry

func (l lexicon) at(word string) *entry {
	folded, _ := fold.Append(nil, strings.TrimSpace(word))
	e := l[string(folded)]
	if e == nil {
		e = &entry{coarse: -1, fine: -1, rank: 4}
		l[string(folded)] = e
	}
	return e
}

// Table returns the bytes of the table.
func Table(reference string) ([]byte, error) {
	l := lexicon{}
	err := errors.Join(
		lines(filepath.Join(reference, "words/english.txt"), func(line string) { l.at(line).flags |= words.English }),
		l.census(filepath.Join(reference, "names/us_given_male.tsv"), words.Given, 0.05),
		l.census(filepath.Join(reference, "names/us_given_female.tsv"), words.Given, 0.05),
		l.census(filepath.Join(reference, "names/us_surnames.tsv"), words.Surname, 0.01),
		l.byCountry(filepath.Join(reference, "names/forenames_by_country.csv"), words.Given),
		l.byCountry(filepath.Join(reference, "names/surnames_by_country.csv"), words.Surname),
		l.clusters(filepath.Join(reference, "words/clusters.tsv.gz")),
	)
	if err != nil {
		return nil, err
	}
	return l.table(), nil
}

func lines(file string, each func(string)) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	for s.Scan() {
		each(s.Text())
	}
	return s.Err()
}

// census reads "name TAB percent"; names borne by at least common percent of
// people are marked as such.
func (l lexicon) census(file string, flag words.Info, common float64) error {
	return lines(file, func(line string) {
		name, percent, ok := strings.Cut(line, "\t")
		p, err := strconv.ParseFloat(percent, 64)
		if !ok || err != nil {
			return // the header
		}
		e := l.at(name)
		e.flags |= flag
		if p >= common {
			e.flags |= words.Common
		}
	})
}

// byCountry reads the romanised and localised columns of names by country.
func (l lexicon) byCountry(file string, flag words.Info) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return err
	}
	for _, column := range []string{"Romanized Name", "Localized Name"} {
		i := slices.Index(rows[0], column)
		if i < 0 {
			return fmt.Errorf("%s: no column %q", file, column)
		}
		for _, row := range rows[1:] {
			for part := range strings.FieldsFuncSeq(row[i], func(r rune) bool { return r == ' ' || r == '/' || r == ',' || r == '-' }) {
				if len(part) > 1 && (part[0] < 0x80 || part[0] < 0xCA) {
					l.at(part).flags |= flag
				}
			}
		}
	}
	return nil
}

// clusters reads "word TAB coarse TAB fine"; of the spellings that fold to one
// word the capitalised one counts, since names are what is looked for, unless
// the word is an English one.
func (l lexicon) clusters(file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return err
	}
	data, err := io.ReadAll(z)
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(data)) {
		word, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		c, f, _ := strings.Cut(rest, "\t")
		coarse, err1 := strconv.Atoi(c)
		fine, err2 := strconv.Atoi(f)
		if word == "" || err1 != nil || err2 != nil {
			return fmt.Errorf("%s: bad line %q", file, line)
		}
		e := l.at(word)
		capital := word[0] >= 'A' && word[0] <= 'Z'
		rank := 2
		if capital != (e.flags&words.English != 0) {
			rank = 1
		}
		if rank < e.rank {
			e.coarse, e.fine, e.rank = coarse, fine, rank
		}
	}
	return nil
}

// table lays the words out by their hashes, in byte order of the words so that
// the bytes are always the same.
func (l lexicon) table() []byte {
	n := 1
	for n*3 < len(l)*4 {
		n *= 2
	}
	data := make([]byte, n*words.SlotBytes, n*words.SlotBytes+4)
	keys := make([]string, 0, len(l))
	for w := range l {
		keys = append(keys, w)
	}
	slices.Sort(keys)
	for _, w := range keys {
		if w == "" {
			continue
		}
		h := words.Mix(fold.Hash([]byte(w)))
		s := h & uint64(n-1)
		for data[s*words.SlotBytes] != 0 || data[s*words.SlotBytes+1] != 0 {
			s = (s + 1) & uint64(n-1)
		}
		slot := data[s*words.SlotBytes:]
		binary.LittleEndian.PutUint16(slot, words.Fingerprint(h))
		e := l[w]
		info := words.MakeInfo(e.flags, e.coarse, e.fine)
		slot[2], slot[3], slot[4] = byte(info), byte(info>>8), byte(info>>16)
	}
	return binary.LittleEndian.AppendUint32(data, crc32.Checksum(data, crc32.MakeTable(crc32.Castagnoli)))
}
