// Package tree holds sparse 4-ary Poseidon2 trees: every leaf is 0 until it is set, and an empty subtree is the node of its empty children.
//
// Takes: leaves by index. Gives: root and paths. Storage grows with the leaves set, not with 4^depth.
package tree

import (
	"maps"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/plain/publicinput"
)

// Arity is the number of children of a node.
const Arity = 4

// DepthMax bounds the depth: 4^31 still counts in an int64.
const DepthMax = 31

// Tree is a sparse tree of one depth. It is not safe for concurrent use.
type Tree struct {
	depth int
	empty []fr.Element           // empty[level]: node of an empty subtree whose root stands at that level
	level []map[int64]fr.Element // level[0] holds the root, level[depth] the leaves
}

// New makes an empty tree of a depth from 1 to DepthMax.
func New(depth int) *Tree {
	t := &Tree{depth: depth, empty: make([]fr.Element, depth+1), level: make([]map[int64]fr.Element, depth+1)}
	for level := depth; level >= 0; level-- {
		t.level[level] = map[int64]fr.Element{}
		if level < depth {
			below := t.empty[level+1]
			t.empty[level] = publicinput.Node(below, below, below, below)
		}
	}
	return t
}

// Depth is the number of levels below the root.
func (t *Tree) Depth() int { return t.depth }

// Size is the number of leaves, 4^depth.
func (t *Tree) Size() int64 { return int64(1) << (2 * t.depth) }

// Node is the node at a level (0 = root) and index from the left.
func (t *Tree) Node(level int, index int64) fr.Element {
	if node, ok := t.level[level][index]; ok {
		return node
	}
	return t.empty[level]
}

// Root is the root.
func (t *Tree) Root() fr.Element { return t.Node(0, 0) }

// Update sets leaves by index, each within [0, Size), and recomputes every node above them once.
func (t *Tree) Update(leaves map[int64]fr.Element) {
	maps.Copy(t.level[t.depth], leaves)
	changed := slices.Sorted(maps.Keys(leaves))
	for level := t.depth - 1; level >= 0; level-- {
		changed = parents(changed)
		for _, index := range changed {
			t.level[level][index] = publicinput.Node(t.Node(level+1, Arity*index), t.Node(level+1, Arity*index+1),
				t.Node(level+1, Arity*index+2), t.Node(level+1, Arity*index+3))
		}
	}
}

func parents(sorted []int64) []int64 {
	above := make([]int64, 0, len(sorted))
	for _, index := range sorted {
		above = append(above, index/Arity)
	}
	return slices.Compact(above)
}

// Digits are the base-4 digits of an index, the root's first.
func Digits(index int64, depth int) []int {
	digits := make([]int, depth)
	for i := depth - 1; i >= 0; i-- {
		digits[i] = int(index % Arity)
		index /= Arity
	}
	return digits
}

// Path is the path of a leaf, the root's level first: at each level the three siblings in child order.
func (t *Tree) Path(index int64) [][Arity - 1]fr.Element {
	path := make([][Arity - 1]fr.Element, t.depth)
	for level := t.depth; level >= 1; level-- {
		own, first := int(index%Arity), index-index%Arity
		for place, sibling := 0, 0; place < Arity; place++ {
			if place != own {
				path[level-1][sibling] = t.Node(level, first+int64(place))
				sibling++
			}
		}
		index /= Arity
	}
	return path
}

// Climb gives the four children of every node on the way from leaf to root, the root's first, and the root itself.
func Climb(leaf fr.Element, index int64, path [][Arity - 1]fr.Element) ([][Arity]fr.Element, fr.Element) {
	children, digits, node := make([][Arity]fr.Element, len(path)), Digits(index, len(path)), leaf
	for level := len(path) - 1; level >= 0; level-- {
		for place, sibling := 0, 0; place < Arity; place++ {
			if place == digits[level] {
				children[level][place] = node
			} else {
				children[level][place] = path[level][sibling]
				sibling++
			}
		}
		four := children[level]
		node = publicinput.Node(four[0], four[1], four[2], four[3])
	}
	return children, node
}
