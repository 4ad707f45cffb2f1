package groth

import (
	"slices"

	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
)

// What a wire costs the prover, in points of G1 that are multiplied: on the left of any constraint one (A); on the right one more, and one
// of G2 that takes about as long as three (B in both groups).
const (
	leftCost  = 1
	rightCost = 4
)

// turn exchanges left and right of constraints so that fewer different wires stand on the right. L·R = O and R·L = O are one relation, so
// nothing else changes: not the constraints' numbers, nor their witnesses, nor what a proof says. It depends on the system alone, so
// whoever compiles the shape gets the same one.
func turn(system *cs.R1CS) {
	sides := sidesOf(system)
	left, right := uses(sides, 0, system), uses(sides, 1, system)
	for turned := true; turned; {
		turned = false
		for _, side := range sides {
			if left.without(side.wires[0], leftCost)+right.without(side.wires[1], rightCost) >
				left.with(side.wires[1], leftCost)+right.with(side.wires[0], rightCost) {
				side.exchange()
				turned = true
			} else {
				left.without(side.wires[1], leftCost)
				right.without(side.wires[0], rightCost)
				left.with(side.wires[0], leftCost)
				right.with(side.wires[1], rightCost)
			}
		}
	}
}

// constraintSides is one constraint in the system's data: count of terms on the left, on the right and in the product, then the terms.
type constraintSides struct {
	data  []uint32
	wires [2][]uint32
}

// The layout of gnark's generic constraint: number of words, three counts, then coefficient and wire of each term.
const (
	leftCount, rightCount, firstTerm = 1, 2, 4
	termWords                        = 2
)

func sidesOf(system *cs.R1CS) []*constraintSides {
	var all []*constraintSides
	for _, packed := range system.Instructions {
		if _, generic := system.Blueprints[packed.BlueprintID].(*constraint.BlueprintGenericR1C); !generic {
			continue
		}
		data := packed.Unpack(&system.System).Calldata
		side := &constraintSides{data: data}
		at := firstTerm
		for k, count := range []uint32{data[leftCount], data[rightCount]} {
			for range count {
				side.wires[k] = append(side.wires[k], data[at+1])
				at += termWords
			}
		}
		all = append(all, side)
	}
	return all
}

func (s *constraintSides) exchange() {
	data, middle := s.data, firstTerm+termWords*int(s.data[leftCount])
	end := middle + termWords*int(data[rightCount])
	copy(data[firstTerm:end], slices.Concat(data[middle:end], data[firstTerm:middle]))
	data[leftCount], data[rightCount] = data[rightCount], data[leftCount]
	s.wires[0], s.wires[1] = s.wires[1], s.wires[0]
}

// usage counts in how many terms of one side each wire stands.
type usage []int32

func uses(sides []*constraintSides, side int, system *cs.R1CS) usage {
	u := make(usage, system.GetNbPublicVariables()+system.GetNbSecretVariables()+system.GetNbInternalVariables())
	for _, s := range sides {
		u.with(s.wires[side], 0)
	}
	return u
}

// with adds the wires and gives the cost of those that are new.
func (u usage) with(wires []uint32, cost int) (total int) {
	for _, wire := range wires {
		if u[wire]++; u[wire] == 1 {
			total += cost
		}
	}
	return total
}

// without takes the wires away and gives the cost of those that are gone.
func (u usage) without(wires []uint32, cost int) (total int) {
	for _, wire := range wires {
		if u[wire]--; u[wire] == 0 {
			total += cost
		}
	}
	return total
}
