package verification

import (
	"math/big"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// HoldsWithEqualWeights is what a check without random weights would say.
func HoldsWithEqualWeights(vk []byte, submitted []Submitted) bool {
	key, err := readKey(vk)
	if err != nil {
		return false
	}
	equal := weights{pairing: make([]weight, len(submitted)), knowledge: fr.One()}
	for i := range equal.pairing {
		equal.pairing[i] = weight{7: 1}
	}
	set, _, err := decodeAll(key, submitted, equal)
	return err == nil && set.holds(0, len(submitted))
}

// WeightsOf are the weights of a set, one a proof and the one of their second equations.
func WeightsOf(vk []byte, submitted []Submitted) []fr.Element {
	drawn := weightsOf(vk, submitted)
	elements := []fr.Element{drawn.knowledge}
	for _, one := range drawn.pairing {
		elements = append(elements, one.element())
	}
	return elements
}

// CheckWeight says whether a weight times a point is the point times the weight's element.
func CheckWeight(bytes [weightBytes]byte, point *curve.G1Affine) bool {
	one, element := weight(bytes), weight(bytes).element()
	product := one.times(point)
	var found, expected, sum curve.G1Affine
	found.FromJacobian(&product)
	expected.ScalarMultiplication(point, element.BigInt(new(big.Int)))
	sum = weighted([]curve.G1Affine{*point}, []weight{one})
	return found.Equal(&expected) && sum.Equal(&expected)
}

// PairedByWalk is Π e(P, Q) by lines of many points at once, and whether every Q lies in its subgroup.
func PairedByWalk(p []curve.G1Affine, q []curve.G2Affine) (curve.GT, bool) {
	lines, inside := walked(q)
	if !inside {
		return curve.GT{}, false
	}
	product, err := curve.PairFixedQ(p, lines)
	return product, err == nil
}
