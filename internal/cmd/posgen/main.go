// Command posgen writes prose v2's part-of-speech model, read from prose.Asset,
// in the form that package perceptron uses in place.
//
//	go run ./internal/cmd/posgen -o internal/perceptron/prose.bin
package main

import (
	"bytes"
	"encoding/binary"
	"encoding/gob"
	"flag"
	"fmt"
	"hash/crc32"
	"maps"
	"math"
	"os"
	"slices"
	"strings"

	"github.com/jdkato/prose/v2"

	"github.com/steppe-ner/steppe/internal/perceptron"
)

func main() {
	out := flag.String("o", "internal/perceptron/prose.bin", "write the weights to this `file`")
	flag.Parse()
	data, err := Weights()
	if err == nil {
		err = os.WriteFile(*out, data, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "posgen:", err)
		os.Exit(1)
	}
}

// asset decodes one part of prose's model.
func asset(name string, v any) error {
	data, err := prose.Asset("model/AveragedPerceptron/" + name)
	if err != nil {
		return err
	}
	return gob.NewDecoder(bytes.NewReader(data)).Decode(v)
}

// Weights returns the bytes of the file.
func Weights() ([]byte, error) {
	var weights map[string]map[string]float64
	var oneTag map[string]string
	if err := asset("weights.gob", &weights); err != nil {
		return nil, err
	}
	if err := asset("tags.gob", &oneTag); err != nil {
		return nil, err
	}
	for _, e := range emoticons {
		oneTag[e] = "SYM"
	}

	slots, rows, err := features(weights)
	if err != nil {
		return nil, err
	}
	words, err := oneTagWords(oneTag)
	if err != nil {
		return nil, err
	}
	le := binary.LittleEndian
	body := le.AppendUint32(nil, log2(len(slots)/8))
	body = le.AppendUint32(body, log2(len(words)/8))
	body = le.AppendUint32(body, uint32(len(rows)))
	body = slices.Concat(body, slots, words, rows)
	data := append([]byte(nil), perceptron.Magic...)
	data = le.AppendUint32(data, perceptron.Version)
	data = le.AppendUint32(data, crc32.Checksum(body, crc32.MakeTable(crc32.Castagnoli)))
	return append(data, body...), nil
}

func log2(n int) uint32 { return uint32(math.Round(math.Log2(float64(n)))) }

// table is a hash table under construction.
type table struct {
	bytes []byte
	shift uint
	seen  map[uint64]string
}

func newTable(entries int) *table {
	t := &table{seen: map[uint64]string{}}
	for 1<<t.shift < entries*3/2 {
		t.shift++
	}
	t.bytes = make([]byte, 8<<t.shift)
	return t
}

// slot returns the slot of a new key. Two keys of one hash cannot be told apart
// when tagging, so they are an error here.
func (t *table) slot(key string, h uint64) ([]byte, error) {
	short := uint64(perceptron.Fingerprint(h))<<32 | h&0xFFFFFFFF
	if other, ok := t.seen[short]; ok {
		return nil, fmt.Errorf("%q and %q have the same hash", key, other)
	}
	t.seen[short] = key
	i := perceptron.Slot(h, t.shift)
	for binary.LittleEndian.Uint32(t.bytes[8*i+4:]) != 0 {
		if binary.LittleEndian.Uint32(t.bytes[8*i:]) == perceptron.Fingerprint(h) {
			return nil, fmt.Errorf("%q has the fingerprint of a neighbour", key)
		}
		i = (i + 1) & (1<<t.shift - 1)
	}
	binary.LittleEndian.PutUint32(t.bytes[8*i:], perceptron.Fingerprint(h))
	return t.bytes[8*i:][:8], nil
}

// features lays out the features and their rows of weights.
func features(weights map[string]map[string]float64) (slots, rows []byte, err error) {
	t := newTable(len(weights))
	for _, key := range slices.Sorted(maps.Keys(weights)) {
		row := weights[key]
		if len(row) == 0 {
			continue
		}
		h, err := featureHash(key)
		if err != nil {
			return nil, nil, err
		}
		slot, err := t.slot(key, h)
		if err != nil {
			return nil, nil, err
		}
		binary.LittleEndian.PutUint32(slot[4:], uint32(len(rows)+1))
		rows = append(rows, uint8(len(row)))
		for _, tag := range slices.Sorted(maps.Keys(row)) {
			class, ok := perceptron.ClassOf(tag)
			thousandths := math.Round(row[tag] * 1000)
			if !ok || class >= perceptron.ModelClasses || math.Abs(thousandths/1000-row[tag]) > 1e-9 || math.Abs(thousandths) >= 1<<17 {
				return nil, nil, fmt.Errorf("weight %v of %q for %q", row[tag], key, tag)
			}
			v := uint32(int32(thousandths))<<6 | uint32(class)
			rows = append(rows, byte(v), byte(v>>8), byte(v>>16))
		}
	}
	return t.bytes, rows, nil
}

// featureHash returns the hash of one of prose's features, which are the
// template's words and the parts, joined by spaces.
func featureHash(key string) (uint64, error) {
	template, longest := -1, -1
	for i, p := range perceptron.Prefixes {
		if (key == p || strings.HasPrefix(key, p+" ")) && len(p) > longest {
			template, longest = i, len(p)
		}
	}
	if template < 0 {
		return 0, fmt.Errorf("feature %q of no template", key)
	}
	if key == perceptron.Prefixes[template] {
		return perceptron.Feature(template, 0, 0), nil
	}
	parts := key[longest+1:]
	if strings.Contains(perceptron.Prefixes[template], "+i") {
		a, b, ok := strings.Cut(parts, " ")
		if !ok {
			return 0, fmt.Errorf("feature %q has one part", key)
		}
		return perceptron.Feature(template, perceptron.Hash(a), perceptron.Hash(b)), nil
	}
	return perceptron.Feature(template, perceptron.Hash(parts), 0), nil
}

// oneTagWords lays out the words that have one tag only.
func oneTagWords(oneTag map[string]string) ([]byte, error) {
	t := newTable(len(oneTag))
	for _, word := range slices.Sorted(maps.Keys(oneTag)) {
		class, ok := perceptron.ClassOf(oneTag[word])
		if !ok || class >= perceptron.ModelClasses {
			return nil, fmt.Errorf("tag %q of %q", oneTag[word], word)
		}
		slot, err := t.slot(word, perceptron.Feature(len(perceptron.Prefixes), perceptron.Hash(word), 0))
		if err != nil {
			return nil, err
		}
		slot[4] = uint8(class) + 1
		if slices.Contains(emoticons, word) {
			slot[5] = perceptron.Emoticon
		}
	}
	return t.bytes, nil
}
