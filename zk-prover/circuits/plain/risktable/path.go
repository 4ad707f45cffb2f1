package risktable

import (
	"slices"

	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
)

// Path is a move of the market and where it goes once a venue has acted on the move; row numbers. First is by itself a point of a family,
// whose worst loss the path may be. Then are firsts of paths, and one row back, the same in all.
type Path struct {
	First int
	Then  []int
}

// AtVenues says whether the table lists venues: format 3.
func (s Structure) AtVenues() bool { return len(s.Paths) > 0 }

// Back is the row in which paths end that is no path's first, and whether there is one.
func (s Structure) Back() (int, bool) {
	for _, path := range s.Paths {
		for _, row := range path.Then {
			if _, first := s.pathFrom(row); !first {
				return row, true
			}
		}
	}
	return 0, false
}

// pathFrom is the first path that begins in a row.
func (s Structure) pathFrom(row int) (int, bool) {
	p := slices.IndexFunc(s.Paths, func(path Path) bool { return path.First == row })
	return p, p >= 0
}

// PathFrom is the path whose losses are those of a row in which a path ends; false: the row back.
func (s Structure) PathFrom(row int) (int, bool) { return s.pathFrom(row) }

// FamilyOf is the first family that has a row as a point by itself.
func (s Structure) FamilyOf(row int) (int, bool) {
	k := slices.IndexFunc(s.Families, func(family Family) bool {
		return slices.ContainsFunc(family.Points, func(cells []int64) bool { return len(cells) == 1 && int(cells[0]) == row })
	})
	return k, k >= 0
}

// PathFamilies are the families that have paths, in order.
func (s Structure) PathFamilies() []int {
	var families []int
	for k := range s.Families {
		if slices.ContainsFunc(s.Paths, func(path Path) bool { family, _ := s.FamilyOf(path.First); return family == k }) {
			families = append(families, k)
		}
	}
	return families
}

// EvaluatedLeaf is the domain of the leaves of such a table, evaluated in a packing.
func (s Structure) EvaluatedLeaf(packing publicinput.Packing) publicinput.Domain {
	if s.AtVenues() {
		return packing.VenueLeaf()
	}
	return packing.EvaluatedLeaf()
}

func (s Structure) encodedPaths() []any {
	paths := make([]any, len(s.Paths))
	for p, path := range s.Paths {
		paths[p] = []any{int64(path.First), integers(path.Then)}
	}
	return paths
}

// readPaths reads paths over the structure's rows and families. That the row back is one is what the first cell of a row rests on.
func (s *Structure) readPaths(value canonical.Value) {
	items := value.Items()
	if len(items) < 1 || len(items) > publicinput.PathsMax {
		value.Refuse("LIMIT_EXCEEDED")
		return
	}
	for _, item := range items {
		f := item.Tuple("first", "then")
		path := Path{First: int(f[0].Int(0, int64(s.Rows-1)))}
		for _, row := range f[1].Ints(0, int64(s.Rows-1)) {
			path.Then = append(path.Then, int(row))
		}
		if len(path.Then) < 1 || len(path.Then) > publicinput.ThenMax {
			f[1].Refuse("WRONG_LENGTH")
		}
		if _, whole := s.FamilyOf(path.First); !whole {
			f[0].Refuse("NO_POINT_BY_ITSELF")
		}
		s.Paths = append(s.Paths, path)
	}
	back, _ := s.Back()
	for p, path := range s.Paths {
		for _, row := range path.Then {
			if _, first := s.pathFrom(row); !first && row != back {
				items[p].Refuse("TWO_ROWS_BACK")
			}
		}
	}
}
