package verification

import "github.com/consensys/gnark-crypto/ecc/bn254/fr"

// HoldsWithEqualWeights is what a check without random weights would say.
func HoldsWithEqualWeights(vk []byte, submitted []Submitted) bool {
	key, err := readKey(vk)
	if err != nil {
		return false
	}
	set, _, err := decodeAll(key, submitted)
	if err != nil {
		return false
	}
	weights := make([]weight, len(submitted))
	for i := range weights {
		weights[i] = weight{fr.One(), fr.One()}
	}
	return set.holds(0, len(submitted), weights)
}

// WeightsOf are the weights of a set, two a proof.
func WeightsOf(vk []byte, submitted []Submitted) []fr.Element {
	var weights []fr.Element
	for _, one := range weightsOf(vk, submitted) {
		weights = append(weights, one.pairing, one.knowledge)
	}
	return weights
}
