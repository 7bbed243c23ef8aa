package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// two countries, one west of the other, with an arc between them.
const twoCountries = `{"type":"Topology","transform":{"scale":[0.5,0.5],"translate":[10,20]},
	"arcs":[[[4,0],[0,8]],[[4,8],[-4,0],[0,-8],[4,0]],[[4,0],[4,0],[0,8],[-4,0]]],
	"objects":{"countries":{"type":"GeometryCollection","geometries":[
		{"type":"Polygon","arcs":[[0,1]],"properties":{"name":"West"}},
		{"type":"MultiPolygon","arcs":[[[2,-1]]],"properties":{"name":"East"}}]},
		"land":{"type":"GeometryCollection","geometries":[{"type":"MultiPolygon","arcs":[[[2,1]]]}]}}}`

func TestDraw(t *testing.T) {
	top, err := readTopology([]byte(twoCountries))
	if err != nil {
		t.Fatal(err)
	}
	got := top.draw(sheet{perDegree: 10, frame: box{0, 0, 13, 40}, labels: true})
	want := drawing{
		PerDegree: 10,
		// To the eastern edge of the frame.
		Land:    [][]int{{120, 200, 10, 0, 0, 40, -10, 0, -20, 0, 0, -40, 20, 0}},
		Borders: [][]int{{120, 200, 0, 40}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRoomiest(t *testing.T) {
	b := box{0, 0, 10, 10}
	// An L, the foot of which is the wider part of it.
	at, room := b.roomiest([]point{{0, 0}, {9, 0}, {9, 4}, {2, 4}, {2, 20}, {0, 20}})
	if at.y != 2 || at.x < 2 || at.x > 7 || room != 2 {
		t.Errorf("%v %v", at, room)
	}
	if _, room := b.roomiest([]point{{20, 0}, {30, 0}, {30, 4}}); room != 0 {
		t.Errorf("outside: %v", room)
	}
}

func TestWithin(t *testing.T) {
	b := box{0, 0, 10, 10}
	got := b.within([]point{{-9, 5}, {-1, 5}, {5, 5}, {11, 5}, {20, 5}, {30, 5}})
	want := [][]point{nil, {{-1, 5}, {5, 5}, {11, 5}}, nil, nil}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(point{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
