package main

import (
	"math"
	"slices"
)

// drawing is a sheet as the page has it. A line is the first point and then steps, x
// and y in turn, in units of which there are so many in a degree.
type drawing struct {
	PerDegree int     `json:"perDegree"`
	Land      [][]int `json:"land"` // rings
	Borders   [][]int `json:"borders"`
	Labels    []label `json:"labels,omitempty"`
}

// label is the name of a country, where most of it is around.
type label struct {
	Name      string  `json:"name"`
	Longitude float64 `json:"longitude"`
	Latitude  float64 `json:"latitude"`
}

// roomy is how far, in degrees, the borders must be from a label.
const roomy = 0.8

func (t *topology) draw(s sheet) drawing {
	d := drawing{PerDegree: s.perDegree, Land: [][]int{}, Borders: [][]int{}}
	for _, polygon := range t.land {
		for _, ring := range polygon {
			// What reaches over the 180th meridian is there once for each side of it.
			for _, turn := range []float64{-360, 0, 360} {
				if steps := s.steps(s.frame.clip(turned(t.ring(ring), turn))); len(steps) >= 6 {
					d.Land = append(d.Land, steps)
				}
			}
		}
	}
	for _, line := range t.borders() {
		for _, part := range s.frame.within(line) {
			if steps := s.steps(part); len(steps) >= 4 {
				d.Borders = append(d.Borders, steps)
			}
		}
	}
	if !s.labels {
		return d
	}
	for _, c := range t.countries {
		var at point
		widest := roomy
		for _, polygon := range c.polygons {
			if p, room := s.frame.inner().roomiest(t.ring(polygon[0])); room > widest {
				at, widest = p, room
			}
		}
		if widest > roomy {
			d.Labels = append(d.Labels, label{c.name, at.x, at.y})
		}
	}
	return d
}

// turned returns a ring so many degrees further east.
func turned(ring []point, east float64) []point {
	ring = slices.Clone(ring)
	for i := range ring {
		ring[i].x += east
	}
	return ring
}

// steps returns a line as a drawing has it, without points that fall together.
func (s sheet) steps(line []point) (steps []int) {
	x, y := 0, 0
	for i, p := range line {
		nx, ny := int(math.Round(p.x*float64(s.perDegree))), int(math.Round(p.y*float64(s.perDegree)))
		if i > 0 && nx == x && ny == y {
			continue
		}
		steps = append(steps, nx-x, ny-y)
		x, y = nx, ny
	}
	return steps
}

// inner returns the part of a frame that the page shows in any case.
func (b box) inner() box { return box{b.west + 11, b.south + 8, b.east - 11, b.north - 7} }

func (b box) has(p point) bool {
	return b.west <= p.x && p.x <= b.east && b.south <= p.y && p.y <= b.north
}

// within returns the parts of a line that are in the box, to the first point outside.
func (b box) within(line []point) (parts [][]point) {
	var part []point
	for i, p := range line {
		if b.has(p) || i > 0 && b.has(line[i-1]) || i+1 < len(line) && b.has(line[i+1]) {
			part = append(part, p)
			continue
		}
		parts = append(parts, part)
		part = nil
	}
	return append(parts, part)
}

// clip returns what is in the box of a ring, by Sutherland's and Hodgman's algorithm:
// one side of the box after the other.
func (b box) clip(ring []point) []point {
	for _, side := range []struct {
		inside func(p point) bool
		cut    func(p, q point) point
	}{
		{func(p point) bool { return p.x >= b.west }, func(p, q point) point { return atX(p, q, b.west) }},
		{func(p point) bool { return p.x <= b.east }, func(p, q point) point { return atX(p, q, b.east) }},
		{func(p point) bool { return p.y >= b.south }, func(p, q point) point { return atY(p, q, b.south) }},
		{func(p point) bool { return p.y <= b.north }, func(p, q point) point { return atY(p, q, b.north) }},
	} {
		var kept []point
		for i, q := range ring {
			p := ring[(i+len(ring)-1)%len(ring)]
			if side.inside(p) != side.inside(q) {
				kept = append(kept, side.cut(p, q))
			}
			if side.inside(q) {
				kept = append(kept, q)
			}
		}
		ring = kept
	}
	return ring
}

// atX returns where the line from p to q is at x. A product that is converted is rounded
// before it is added to, on every processor.
func atX(p, q point, x float64) point {
	return point{x, p.y + float64((q.y-p.y)*(x-p.x)/(q.x-p.x))}
}

func atY(p, q point, y float64) point {
	return point{p.x + float64((q.x-p.x)*(y-p.y)/(q.y-p.y)), y}
}

// roomiest returns the place in the box and in a ring that is the farthest from both, to
// half a degree, and how far that is.
func (b box) roomiest(ring []point) (best point, room float64) {
	ring = b.clip(ring)
	for x := b.west; x <= b.east; x += 0.5 {
		for y := b.south; y <= b.north; y += 0.5 {
			if p := (point{x, y}); encloses(ring, p) {
				if d := distance(ring, p); d > room {
					best, room = p, d
				}
			}
		}
	}
	return best, room
}

// encloses reports whether a place is in a ring: a line from it to the east crosses the
// ring an odd number of times.
func encloses(ring []point, at point) (inside bool) {
	for i, q := range ring {
		p := ring[(i+len(ring)-1)%len(ring)]
		if (p.y > at.y) != (q.y > at.y) && at.x < atY(p, q, at.y).x {
			inside = !inside
		}
	}
	return inside
}

// distance returns how far a place is from a ring.
func distance(ring []point, at point) float64 {
	nearest := math.Inf(1)
	for i, q := range ring {
		p := ring[(i+len(ring)-1)%len(ring)]
		dx, dy := q.x-p.x, q.y-p.y
		along := 0.0
		if long := dx*dx + dy*dy; long > 0 {
			along = min(max((float64((at.x-p.x)*dx)+float64((at.y-p.y)*dy))/long, 0), 1)
		}
		nearest = min(nearest, math.Hypot(at.x-p.x-float64(along*dx), at.y-p.y-float64(along*dy)))
	}
	return nearest
}
