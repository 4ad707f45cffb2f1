package account

import (
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
)

// published is the structure of the full recipe: J 53 rows, S with the cross cell, STAR, and joint families up to so many rows.
func published(rows, esRows int) risktable.Structure {
	s := risktable.Structure{Rows: rows, EsRows: esRows, Combos: 7, Steep: 29, Flat: 2}
	single := func(from, to int) (points [][]int64) {
		for r := from; r < to; r++ {
			points = append(points, []int64{int64(r)})
		}
		return points
	}
	var all []int64
	for r := range int64(54) {
		all = append(all, r)
	}
	star, next := [][]int64{}, int64(54)
	for point, cells := range []int{3, 6, 6, 6, 3} {
		var point2 []int64
		for range cells {
			point2 = append(point2, next)
			next++
		}
		for vol := range int64(3) {
			point2 = append(point2, int64(6*point)+vol)
		}
		star = append(star, point2)
	}
	joint := (rows - 78) / 4
	s.Families = []risktable.Family{{Name: "J", Points: single(0, 53)}, {Name: "S", Points: [][]int64{all}}, {Name: "STAR", Points: star},
		{Name: "EXT", Points: single(78, 84)}, {Name: "HIST", Points: single(84, 84+joint)}, {Name: "DEPEG", Points: single(84+joint, 92+joint)},
		{Name: "ADV", Points: single(92+joint, rows)}}
	for range publicinput.EsBlocks {
		s.Blocks = append(s.Blocks, esRows/publicinput.EsBlocks)
	}
	return s
}

// full is the shape of the published formula: 256 ES rows opened directly, or 1,024 by seal, then challenge.
func full(opening Opening) Shape {
	esRows := map[Opening]int{Direct: 256, Challenge: 1024, Compact: 1024}[opening]
	return Shape{Positions: 16, Lines: 8, Groups: 8, Depth: 10, Opening: opening, Structure: published(120, esRows)}
}

// fullAtVenues is the full shape over a table that lists venues, for accounts of four standings: eight paths in J, each of which ends in
// the mirrored row or back, and two in ADV that end back.
func fullAtVenues(opening Opening) Shape {
	shape := full(opening)
	shape.Standings = 4
	const back = 13
	for _, path := range [][2]int{{26, 2}, {25, 1}, {2, 26}, {1, 25}, {14, 12}, {12, 14}, {19, 7}, {7, 19}} {
		shape.Structure.Paths = append(shape.Structure.Paths, risktable.Path{First: path[0], Then: []int{path[1], back}})
	}
	for _, counter := range []int{118, 119} {
		shape.Structure.Paths = append(shape.Structure.Paths, risktable.Path{First: counter, Then: []int{back}})
	}
	return shape
}

// attestedFull is the full shape by seal, then challenge, with the attestations of four venues.
func attestedFull() Shape {
	shape := full(Challenge)
	shape.Venues = 4
	return shape
}

// ordinary is the shape of an account with few underlyings, large that of one with many instruments.
func ordinary() Shape {
	shape := full(Compact)
	shape.Groups = 4
	return shape
}

func large() Shape {
	shape := full(Challenge)
	shape.Positions = 32
	return shape
}

// housed is the full shape over a tariff of 35 scenarios, with room for 8 groups and 64 entries that are no options.
func housed(opening Opening) Shape {
	shape := full(opening)
	shape.Buffer = BufferShape{Scenarios: 35, Groups: 8, Entries: 64}
	return shape
}

// attestedAtVenues is the full shape over venues with the attestations of four.
func attestedAtVenues() Shape {
	shape := fullAtVenues(Challenge)
	shape.Venues = 4
	return shape
}

// ordinaryAtVenues is the shape of an account with few underlyings over venues.
func ordinaryAtVenues() Shape {
	shape := fullAtVenues(Compact)
	shape.Groups = ordinary().Groups
	return shape
}

// housedAtVenues is the full shape over venues and a tariff.
func housedAtVenues() Shape {
	shape := fullAtVenues(Challenge)
	shape.Buffer = housed(Challenge).Buffer
	return shape
}

// largeAtVenues is the shape of an account of many entries at up to eight venues: 32 rows.
func largeAtVenues() Shape {
	shape := fullAtVenues(Challenge)
	shape.Positions, shape.Lines, shape.Standings = 24, 24, 8
	return shape
}

// ordinaryAtDepthFour is the shape of an account with few underlyings over venues and a table of at most 256 leaves: the most positions
// that a domain of 2¹⁶ has room for. With one position more it has 65,607 constraints.
func ordinaryAtDepthFour() Shape {
	shape := atDepthFour(ordinaryAtVenues())
	shape.Positions = 13
	return shape
}

// housedLargeAtVenues is the same over a tariff.
func housedLargeAtVenues() Shape {
	shape := largeAtVenues()
	shape.Buffer = housed(Challenge).Buffer
	return shape
}

// calledLargeAtVenues is the shape in which such an account is called.
func calledLargeAtVenues() CallShape {
	shape := fullAtVenues(Direct)
	shape.Positions, shape.Lines, shape.Standings = 24, 24, 8
	return CallShape{shape}
}
