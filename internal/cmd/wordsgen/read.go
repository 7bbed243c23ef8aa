package main

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/steppe-ner/steppe/internal/words"
)

// lines calls each with the lines of a file, through gzip when its name ends in .gz.
func lines(file string, each func(string)) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(file, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	s := bufio.NewScanner(r)
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

// frequent reads the words of a list of frequent ones, each before a tab.
func (l lexicon) frequent(file string) error {
	return lines(file, func(line string) {
		word, _, _ := strings.Cut(line, "\t")
		l.at(word).frequent = true
	})
}

// brown reads "word TAB path", the path in zeros and ones. Of the spellings that fold to
// one word the first counts.
func (l lexicon) brown(file string) error {
	bad := ""
	err := lines(file, func(line string) {
		word, path, _ := strings.Cut(line, "\t")
		if path == "" || strings.Trim(path, "01") != "" {
			bad = line
		}
		if e := l.at(word); e.path == "" {
			e.path = path
		}
	})
	return badLine(file, bad, err)
}

// vectors reads "word TAB cluster TAB cluster"; of the two clusterings the coarser one is
// taken. Of the spellings that fold to one word the first capitalised one counts, since
// names are what is looked for, unless the word is an English one.
func (l lexicon) vectors(file string) error {
	bad := ""
	err := lines(file, func(line string) {
		word, rest, _ := strings.Cut(line, "\t")
		c, _, _ := strings.Cut(rest, "\t")
		cluster, err := strconv.Atoi(c)
		if word == "" || err != nil {
			bad = line
			return
		}
		e := l.at(word)
		sp := spellingOf(word)
		e.spellings |= sp
		if wanted := (sp != lower) != (e.flags&words.English != 0); e.cluster < 0 || wanted && !e.wanted {
			e.cluster, e.wanted = cluster, wanted
		}
	})
	return badLine(file, bad, err)
}

// spellingOf returns how a word is spelt. One letter is in capitals.
func spellingOf(word string) spelling {
	first, size := utf8.DecodeRuneInString(word)
	switch {
	case !unicode.IsUpper(first):
		return lower
	case strings.ToUpper(word[size:]) == word[size:]:
		return upper
	}
	return title
}

// badLine returns an error of reading a file of which a line is bad.
func badLine(file, line string, err error) error {
	if err == nil && line != "" {
		err = fmt.Errorf("%s: bad line %q", file, line)
	}
	return err
}
