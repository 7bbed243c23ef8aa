package page

import (
	"crypto/sha256"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"github.com/steppe-ner/steppe/entity"
	"github.com/steppe-ner/steppe/gazetteer"
)

// Tagger is what answers a request.
type Tagger struct {
	tagger    *entity.Tagger
	gazetteer *gazetteer.Gazetteer
}

// Tagger returns the tagger that the request asks for. It fails with a Fault when the
// names of the caller's own cannot be used.
func (r *Request) Tagger() (*Tagger, error) {
	g := gazetteer.Default()
	if len(r.Names) > 0 {
		var err error
		if g, err = layers.of(r.Names); err != nil {
			return nil, err
		}
	}
	opts := []entity.Option{entity.WithGazetteer(g), entity.MinConfidence(r.MinConfidence)}
	if len(r.Kinds) > 0 {
		opts = append(opts, entity.Only(r.Kinds...))
	}
	return &Tagger{entity.New(opts...).On(r.Date), g}, nil
}

// keptLayers is how many gazetteers of callers are kept, each of several megabytes.
const keptLayers = 4

// layers are the gazetteers of those callers that asked last. Making one takes a
// quarter of a second, and a caller has the same names in every request.
var layers cache

type cache struct {
	mu   sync.Mutex
	kept []layer // the one that was asked for last is last
}

type layer struct {
	key       [sha256.Size]byte
	gazetteer *gazetteer.Gazetteer
}

// of returns the built-in gazetteer with names laid over it. One is made at a time.
func (c *cache) of(names []Name) (*gazetteer.Gazetteer, error) {
	written, err := json.Marshal(names)
	if err != nil {
		return nil, &Fault{"names", err.Error()}
	}
	key := sha256.Sum256(written)
	c.mu.Lock()
	defer c.mu.Unlock()
	if i := slices.IndexFunc(c.kept, func(l layer) bool { return l.key == key }); i >= 0 {
		l := c.kept[i]
		c.kept = append(slices.Delete(c.kept, i, i+1), l)
		return l.gazetteer, nil
	}
	g, err := lay(names)
	if err != nil {
		return nil, &Fault{"names", strings.ReplaceAll(err.Error(), "\n", "; ")}
	}
	if len(c.kept) == keptLayers {
		c.kept = slices.Delete(c.kept, 0, 1)
	}
	c.kept = append(c.kept, layer{key, g})
	return g, nil
}

func lay(names []Name) (*gazetteer.Gazetteer, error) {
	var b gazetteer.Builder
	for _, n := range names {
		var aliases []gazetteer.Name
		for _, alias := range slices.Compact(slices.Sorted(slices.Values(n.Aliases))) {
			if alias == n.Entry.Name {
				continue // that it has it twice is no fault
			}
			aliases = append(aliases, gazetteer.Name{Text: alias})
		}
		b.Add(n.Entry, aliases...)
	}
	own, err := b.Build()
	if err != nil {
		return nil, err
	}
	return gazetteer.Layered(gazetteer.Default(), own), nil
}
