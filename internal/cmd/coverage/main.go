// Command coverage says which names of a list the gazetteer lacks.
//
//	go run ./internal/cmd/coverage -names names -country cc -kind person ../shared/reference/people/central_asia_officials.tsv
//
// The list is a table with a header, its columns separated by commas when the
// file's name ends in .csv and by tabs otherwise; or plain lines when -names is
// not given, each a name. A field may hold several spellings of one name,
// separated by vertical bars. A name is found when Lookup gives an entity of the
// kind and the country asked for, where any are. Every name missing is printed as
// file:line: name, and at the end the share of the rows of which a spelling is
// found, and of all spellings.
package main

import (
	"bufio"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/steppe-ner/steppe/gazetteer"
)

func main() {
	var c check
	names := flag.String("names", "", "the `column` of the names")
	country := flag.String("country", "", "the `column` of the ISO 3166 code of the country")
	flag.Func("kind", "what the names must be, `kinds` separated by commas", func(v string) error {
		for name := range strings.SplitSeq(v, ",") {
			k, err := gazetteer.ParseKind(name)
			if err != nil {
				return err
			}
			c.kinds = append(c.kinds, k)
		}
		return nil
	})
	quiet := flag.Bool("quiet", false, "print the shares only")
	flag.Parse()
	c.g = gazetteer.Default()
	if *quiet {
		c.missing = io.Discard
	} else {
		c.missing = os.Stdout
	}
	for _, file := range flag.Args() {
		if err := c.file(file, *names, *country); err != nil {
			fmt.Fprintln(os.Stderr, "coverage:", err)
			os.Exit(1)
		}
	}
	fmt.Printf("rows %d of %d, %.1f %%; spellings %d of %d, %.1f %%\n",
		c.rowsFound, c.rows, share(c.rowsFound, c.rows), c.found, c.all, share(c.found, c.all))
}

func share(part, whole int) float64 { return 100 * float64(part) / float64(max(whole, 1)) }

// check counts what is found.
type check struct {
	g               *gazetteer.Gazetteer
	kinds           []gazetteer.Kind
	missing         io.Writer
	rows, rowsFound int
	all, found      int
}

func (c *check) file(file, names, country string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	if names == "" {
		s := bufio.NewScanner(f)
		for line := 1; s.Scan(); line++ {
			c.row(fmt.Sprintf("%s:%d", file, line), s.Text(), "")
		}
		return s.Err()
	}
	r := csv.NewReader(f)
	if !strings.HasSuffix(file, ".csv") {
		r.Comma = '\t'
	}
	r.LazyQuotes = true
	header, err := r.Read()
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	name, cc := slices.Index(header, names), slices.Index(header, country)
	if name < 0 || country != "" && cc < 0 {
		return fmt.Errorf("%s:1: no such column; there are %s", file, strings.Join(header, ", "))
	}
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		line, _ := r.FieldPos(name)
		code := ""
		if cc >= 0 {
			code = row[cc]
		}
		c.row(fmt.Sprintf("%s:%d", file, line), row[name], code)
	}
}

// row looks up the spellings of one name.
func (c *check) row(place, names, country string) {
	found, all := 0, 0
	for name := range strings.SplitSeq(names, "|") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		all++
		if slices.ContainsFunc(c.g.Lookup(name), func(e gazetteer.Entry) bool {
			return (len(c.kinds) == 0 || slices.Contains(c.kinds, e.Kind)) && (country == "" || e.Country == country)
		}) {
			found++
		} else {
			fmt.Fprintf(c.missing, "%s: %s\n", place, name)
		}
	}
	if all == 0 {
		return
	}
	c.rows++
	c.all += all
	c.found += found
	if found > 0 {
		c.rowsFound++
	}
}
