package gadget

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/plain/tree"
)

// Step is one node on a path: its four children and the two bits of the own child's place, high bit first.
type Step struct {
	High, Low frontend.Variable
	Children  [4]frontend.Variable
}

// Climb asserts that leaf is the child that the bits name in the last step, that step's node the one before, and so on, and gives the
// node on top. The bits are asserted boolean; hash and children are otherwise free, so the top binds leaf and place.
func (h *Hasher) Climb(leaf frontend.Variable, steps []Step) (frontend.Variable, error) {
	node := leaf
	for i := len(steps) - 1; i >= 0; i-- {
		step := steps[i]
		h.api.AssertIsBoolean(step.High)
		h.api.AssertIsBoolean(step.Low)
		c := step.Children
		h.api.AssertIsEqual(node, h.api.Lookup2(step.Low, step.High, c[0], c[1], c[2], c[3]))
		above, err := h.Node(c)
		if err != nil {
			return nil, err
		}
		node = above
	}
	return node, nil
}

// StepTo is a node on a path with the digit of the own child's place.
func StepTo(digit int, children [4]fr.Element) Step {
	step := Step{High: Bit(digit >= 2), Low: Bit(digit%2 == 1)}
	for i, child := range children {
		step.Children[i] = child
	}
	return step
}

// Root is the root of a tree of that depth whose leftmost leaves are given and whose others are empty.
func (h *Hasher) Root(nodes []frontend.Variable, depth int) (frontend.Variable, error) {
	empty := tree.New(depth)
	for level := depth; level > 0; level-- {
		above := make([]frontend.Variable, (len(nodes)+tree.Arity-1)/tree.Arity)
		for i := range above {
			var children [tree.Arity]frontend.Variable
			for j := range children {
				children[j] = empty.Node(level, 0)
				if at := tree.Arity*i + j; at < len(nodes) {
					children[j] = nodes[at]
				}
			}
			node, err := h.Node(children)
			if err != nil {
				return nil, err
			}
			above[i] = node
		}
		nodes = above
	}
	return nodes[0], nil
}
