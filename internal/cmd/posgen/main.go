// Command posgen writes prose v2's part-of-speech model, read from prose.Asset,
// in the form that package perceptron uses in place.
//
//	go run ./internal/cmd/posgen -o internal/perceptron/prose.bin
package main

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/gob"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math"
	"os"
	"slices"
	"strings"

	"github.com/jdkato/prose/v2"

	"github.com/steppe-ner/steppe/internal/hashing"
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
	body := le.AppendUint32(nil, uint32(len(slots)/4))
	body = le.AppendUint32(body, log2(len(words)/8))
	body = le.AppendUint32(body, uint32(len(rows)))
	body = slices.Concat(body, slots, words, rows)
	data := append([]byte(nil), perceptron.Magic...)
	data = le.AppendUint32(data, perceptron.Version)
	data = le.AppendUint32(data, hashing.Sum(body))
	return append(data, body...), nil
}

func log2(n int) uint32 { return uint32(math.Round(math.Log2(float64(n)))) }

// features lays out the features and their rows of weights.
func features(weights map[string]map[string]float64) (slots, rows []byte, err error) {
	keys := slices.SortedFunc(maps.Keys(weights), func(a, b string) int {
		return cmp.Or(cmp.Compare(len(weights[b]), len(weights[a])), cmp.Compare(a, b))
	})
	le := binary.LittleEndian
	n := len(keys)*4/3 + 1
	slots = make([]byte, 4*n)
	for _, key := range keys {
		row := weights[key]
		if len(row) == 0 {
			continue
		}
		h, err := featureHash(key)
		if err != nil {
			return nil, nil, err
		}
		i := perceptron.Slot(h, n)
		for ; le.Uint32(slots[4*i:]) != 0; i = hashing.Next(i, n) {
			other := le.Uint32(slots[4*i:])
			if other&0xFFF == uint32(h&0xFFF) && le.Uint16(rows[other>>12-1+1:]) == uint16(h>>12) {
				return nil, nil, fmt.Errorf("%q cannot be told from a neighbour", key)
			}
		}
		le.PutUint32(slots[4*i:], uint32(len(rows)+1)<<12|uint32(h&0xFFF))
		rows = append(rows, uint8(len(row)))
		rows = le.AppendUint16(rows, uint16(h>>12))
		for _, tag := range slices.Sorted(maps.Keys(row)) {
			class, ok := perceptron.ClassOf(tag)
			thousandths := math.Round(row[tag] * 1000)
			if !ok || class >= perceptron.ModelClasses || math.Abs(thousandths/1000-row[tag]) > 1e-9 || math.Abs(thousandths) > perceptron.MaxWeight {
				return nil, nil, fmt.Errorf("weight %v of %q for %q", row[tag], key, tag)
			}
			v := uint32(int32(thousandths))<<6 | uint32(class)
			rows = append(rows, byte(v), byte(v>>8), byte(v>>16))
		}
	}
	if len(rows) > perceptron.MaxRows {
		return nil, nil, errors.New("more rows than slots can point to")
	}
	return slots, rows, nil
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
	shift := uint(0)
	for 1<<shift < len(oneTag)*3/2 {
		shift++
	}
	le := binary.LittleEndian
	table := make([]byte, 8<<shift)
	for _, word := range slices.Sorted(maps.Keys(oneTag)) {
		class, ok := perceptron.ClassOf(oneTag[word])
		if !ok || class >= perceptron.ModelClasses {
			return nil, fmt.Errorf("tag %q of %q", oneTag[word], word)
		}
		h := perceptron.Feature(len(perceptron.Prefixes), perceptron.Hash(word), 0)
		i := perceptron.WordSlot(h, shift)
		for ; table[8*i+4] != 0; i = (i + 1) & (1<<shift - 1) {
			if le.Uint32(table[8*i:]) == perceptron.Fingerprint(h) {
				return nil, fmt.Errorf("%q cannot be told from a neighbour", word)
			}
		}
		le.PutUint32(table[8*i:], perceptron.Fingerprint(h))
		table[8*i+4] = uint8(class) + 1
		if slices.Contains(emoticons, word) {
			table[8*i+5] = perceptron.Emoticon
		}
	}
	return table, nil
}
