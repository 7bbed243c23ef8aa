package main

import (
	"encoding/json"
	"slices"
)

// point is a place, in degrees east and north.
type point struct{ x, y float64 }

// topology is what TopoJSON has of the countries: the lines between them, each once,
// and of which lines each country's outline consists.
type topology struct {
	arcs      [][]point
	countries []country
	land      [][][]int // polygons of rings of arcs
}

type country struct {
	name     string
	polygons [][][]int
}

// readTopology reads TopoJSON, as far as world-atlas uses it.
func readTopology(data []byte) (*topology, error) {
	type geometry struct {
		Type       string
		Arcs       json.RawMessage
		Properties struct{ Name string }
	}
	var file struct {
		Arcs      [][][2]int
		Transform struct{ Scale, Translate [2]float64 }
		Objects   map[string]struct{ Geometries []geometry }
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, err
	}
	t := &topology{}
	for _, arc := range file.Arcs {
		var points []point
		x, y := 0, 0
		for _, d := range arc { // each is the step from the one before
			x, y = x+d[0], y+d[1]
			points = append(points, point{
				float64(float64(x)*file.Transform.Scale[0]) + file.Transform.Translate[0],
				float64(float64(y)*file.Transform.Scale[1]) + file.Transform.Translate[1],
			})
		}
		t.arcs = append(t.arcs, points)
	}
	polygons := func(g geometry) (all [][][]int, err error) {
		if g.Type == "Polygon" {
			all = make([][][]int, 1)
			return all, json.Unmarshal(g.Arcs, &all[0])
		}
		return all, json.Unmarshal(g.Arcs, &all)
	}
	for _, g := range file.Objects["countries"].Geometries {
		p, err := polygons(g)
		if err != nil {
			return nil, err
		}
		t.countries = append(t.countries, country{g.Properties.Name, p})
	}
	for _, g := range file.Objects["land"].Geometries {
		p, err := polygons(g)
		if err != nil {
			return nil, err
		}
		t.land = append(t.land, p...)
	}
	return t, nil
}

// ring returns the points of a ring of arcs. A negative number is the complement of
// that of an arc that is gone along backwards.
func (t *topology) ring(arcs []int) (points []point) {
	for _, i := range arcs {
		arc := t.arcs[max(i, ^i)]
		if i < 0 {
			arc = slices.Clone(arc)
			slices.Reverse(arc)
		}
		points = append(points, arc[min(1, len(points)):]...) // an arc begins where the last ends
	}
	for i := 1; i < len(points); i++ {
		for points[i].x-points[i-1].x > 180 {
			points[i].x -= 360
		}
		for points[i].x-points[i-1].x < -180 {
			points[i].x += 360
		}
	}
	return points
}

// borders walks the arcs that two countries have in common.
func (t *topology) borders() (lines [][]point) {
	of := make([][]int, len(t.arcs))
	for i, c := range t.countries {
		for _, polygon := range c.polygons {
			for _, ring := range polygon {
				for _, arc := range ring {
					arc = max(arc, ^arc)
					if !slices.Contains(of[arc], i) {
						of[arc] = append(of[arc], i)
					}
				}
			}
		}
	}
	for arc, countries := range of {
		if len(countries) > 1 {
			lines = append(lines, t.arcs[arc])
		}
	}
	return lines
}
