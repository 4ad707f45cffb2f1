package risktable

import (
	"bytes"
	"crypto/sha256"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
)

// Structure is what a circuit takes as constant of a table: how many rows it has, which of them stand in which family, where the weights
// of expected shortfall change, which rows show the skew. A table of another structure is opened by a key of its own.
type Structure struct {
	Rows, EsRows int
	Families     []Family
	Combos       int
	Blocks       []int  // lengths of the runs of ES rows with one weight
	Steep, Flat  int    // rows
	Paths        []Path // of a table that lists venues; else none
	Small        bool   // the table's tree has depth 4
}

// Depth is the depth of the table's tree.
func (s Structure) Depth() int {
	if s.Small {
		return publicinput.SmallTableDepth
	}
	return publicinput.TableDepth
}

// Leaves is the number of leaves that the tree has room for.
func (s Structure) Leaves() int { return 1 << (2 * s.Depth()) }

// PathLevels is the number of nodes on a path below the cap.
func (s Structure) PathLevels() int { return s.Depth() - publicinput.TableCapLevel }

// Family is the maximum over its points of the sum over groups of the maximum over the point's cells; a cell is a row.
type Family struct {
	Name   string
	Points [][]int64
}

// uniformBlocks are the runs of a table with so many ES rows: sixteen of one length, or one row without expected shortfall.
func uniformBlocks(esRows int) []int {
	switch {
	case esRows == 1:
		return []int{1}
	case esRows > 0 && esRows%publicinput.EsBlocks == 0:
		return slices.Repeat([]int{esRows / publicinput.EsBlocks}, publicinput.EsBlocks)
	default:
		return nil
	}
}

// Digest identifies rows, families, combos and runs: 31 bytes of a SHA-256. It stands in the global leaf and in the circuit.
func (s Structure) Digest() (digest fr.Element) {
	content := []any{"bulwark-structure", int64(1), int64(s.Rows), int64(s.EsRows), s.encodedFamilies(), int64(s.Combos)}
	if !slices.Equal(s.Blocks, uniformBlocks(s.EsRows)) {
		content[1] = int64(2)
		content = append(content, integers(s.Blocks))
	}
	if s.AtVenues() {
		content[1] = int64(3)
		content = append(content[:6], integers(s.Blocks), s.encodedPaths())
	}
	if s.Small {
		content = append(content, int64(s.Depth()))
	}
	hash := sha256.Sum256(canonical.Encode(content))
	digest.SetBytes(hash[:31])
	return digest
}

// encodedFamilies are the families as the table's encoding writes them.
func (s Structure) encodedFamilies() []any {
	families := make([]any, len(s.Families))
	for i, family := range s.Families {
		points := make([]any, len(family.Points))
		for f, cells := range family.Points {
			points[f] = integers(cells)
		}
		families[i] = []any{family.Name, points}
	}
	return families
}

func integers[T int | int64](numbers []T) []any {
	list := make([]any, len(numbers))
	for i, number := range numbers {
		list[i] = int64(number)
	}
	return list
}

// TwoLevel are the points with more than one cell: there every group takes its own worst cell. Family by family.
func (s Structure) TwoLevel() []TwoLevelPoint {
	var points []TwoLevelPoint
	for k, family := range s.Families {
		for f, cells := range family.Points {
			if len(cells) > 1 {
				points = append(points, TwoLevelPoint{Family: k, Point: f, Cells: cells})
			}
		}
	}
	return points
}

// TwoLevelPoint is one of them.
type TwoLevelPoint struct {
	Family, Point int
	Cells         []int64
}

// Parts are the packed elements of the stress rows, by index: those that hold a row which some group is asked for by itself (a cell of a
// two-level point, a row of the skew), and those that are only ever summed over the whole account.
func (s Structure) Parts(packing publicinput.Packing) (grouped, whole []int) {
	byGroup := make([]bool, packing.Elements(s.Rows))
	for _, point := range s.TwoLevel() {
		for _, cell := range point.Cells {
			byGroup[int(cell)/packing.Slots] = true
		}
	}
	byGroup[s.Steep/packing.Slots], byGroup[s.Flat/packing.Slots] = true, true
	for element, set := range byGroup {
		if set {
			grouped = append(grouped, element)
		} else {
			whole = append(whole, element)
		}
	}
	return grouped, whole
}

// RowsOf are the rows that these elements hold, in order; a slot behind the last row is no row.
func (s Structure) RowsOf(packing publicinput.Packing, elements []int) []int {
	var rows []int
	for _, element := range elements {
		for row := packing.Slots * element; row < min(packing.Slots*(element+1), s.Rows); row++ {
			rows = append(rows, row)
		}
	}
	return rows
}

// ReadStructure reads the structure inside the shape of a circuit: rows, families, combos, runs, steep, flat, the paths where there are
// some, and behind them the depth of the table's tree where it is 4.
func ReadStructure(value canonical.Value) Structure {
	names, items := []string{"rows", "families", "combos", "blocks", "steep", "flat"}, len(value.Items())
	venues, depth := items > len(names), items > len(names)+1
	if venues {
		names = append(names, "paths")
	}
	if depth {
		names = append(names, "depth")
	}
	f := value.Tuple(names...)
	s := Structure{Rows: int(f[0].Int(2, rowsMax)), Combos: int(f[2].Int(1, publicinput.CombosMax))}
	s.Families = readFamilies(f[1], s.Rows)
	for _, length := range f[3].Ints(1, esRowsMax) {
		s.Blocks = append(s.Blocks, int(length))
		s.EsRows += int(length)
	}
	if len(s.Blocks) < 1 || len(s.Blocks) > publicinput.EsBlocks || s.EsRows > esRowsMax {
		f[3].Refuse("LIMIT_EXCEEDED")
	}
	s.Steep, s.Flat = int(f[4].Int(0, int64(s.Rows-1))), int(f[5].Int(0, int64(s.Rows-1)))
	if depth {
		f[7].Int(publicinput.SmallTableDepth, publicinput.SmallTableDepth)
		s.Small, venues = true, len(f[6].Items()) > 0
	}
	if venues {
		s.readPaths(f[6])
	}
	return s
}

// Encoded is the structure as ReadStructure reads it.
func (s Structure) Encoded() []any {
	encoded := []any{int64(s.Rows), s.encodedFamilies(), int64(s.Combos), integers(s.Blocks), int64(s.Steep), int64(s.Flat)}
	if s.AtVenues() || s.Small {
		encoded = append(encoded, s.encodedPaths())
	}
	if s.Small {
		encoded = append(encoded, int64(s.Depth()))
	}
	return encoded
}

// Equal says whether two structures are one.
func (s Structure) Equal(other Structure) bool {
	return bytes.Equal(canonical.Encode(s.Encoded()), canonical.Encode(other.Encoded()))
}

// rowsMax and esRowsMax bound a table.
const (
	rowsMax   = 255
	esRowsMax = 1<<16 - 1
)

// readFamilies checks that every point names rows of the table.
func readFamilies(value canonical.Value, rows int) []Family {
	items := value.Items()
	families := make([]Family, len(items))
	for k, item := range items {
		fields := item.Tuple("name", "points")
		points := fields[1].Items()
		if len(points) == 0 {
			fields[1].Refuse("WRONG_LENGTH")
		}
		families[k] = Family{Name: fields[0].Text(), Points: make([][]int64, len(points))}
		for f, point := range points {
			if families[k].Points[f] = point.Ints(0, int64(rows-1)); len(families[k].Points[f]) == 0 {
				point.Refuse("WRONG_LENGTH")
			}
		}
	}
	if len(families) < 1 || len(families) > publicinput.FamiliesMax {
		value.Refuse("LIMIT_EXCEEDED")
	}
	return families
}
