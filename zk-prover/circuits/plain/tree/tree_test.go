package tree

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/plain/publicinput"
)

// dense is the root of all 4^depth leaves, computed without any shortcut.
func dense(leaves []fr.Element) fr.Element {
	for len(leaves) > 1 {
		above := make([]fr.Element, len(leaves)/Arity)
		for i := range above {
			above[i] = publicinput.Node(leaves[4*i], leaves[4*i+1], leaves[4*i+2], leaves[4*i+3])
		}
		leaves = above
	}
	return leaves[0]
}

func TestShouldHaveTheRootOfTheDenseTree(t *testing.T) {
	sparse, leaves := New(3), make([]fr.Element, 64)
	if sparse.Root() != dense(leaves) {
		t.Fatal("an empty tree is the tree of zeros")
	}
	for round, index := range []int64{0, 63, 17, 16, 17, 5} {
		leaves[index] = publicinput.Signed(int64(round + 1))
		sparse.Update(map[int64]fr.Element{index: leaves[index]})
		if sparse.Root() != dense(leaves) {
			t.Fatalf("after leaf %d the roots differ", index)
		}
	}
	batch := map[int64]fr.Element{}
	for index := int64(30); index < 50; index++ {
		leaves[index] = publicinput.Signed(-index)
		batch[index] = leaves[index]
	}
	if sparse.Update(batch); sparse.Root() != dense(leaves) {
		t.Fatal("after a batch the roots differ")
	}
}

func TestShouldClimbEveryPathToTheRoot(t *testing.T) {
	sparse := New(4)
	sparse.Update(map[int64]fr.Element{7: publicinput.Signed(70), 200: publicinput.Signed(2000)})
	for _, index := range []int64{7, 200, 201, 0} {
		leaf := sparse.Node(4, index)
		if _, root := Climb(leaf, index, sparse.Path(index)); root != sparse.Root() {
			t.Fatalf("the path of leaf %d misses the root", index)
		}
		if _, root := Climb(leaf, index^1, sparse.Path(index)); root == sparse.Root() && leaf != sparse.Node(4, index^1) {
			t.Fatalf("the path of leaf %d must not serve another place", index)
		}
	}
}

func TestShouldHoldSparseTreesOfGreatDepth(t *testing.T) {
	deep := New(DepthMax)
	last := deep.Size() - 1
	deep.Update(map[int64]fr.Element{last: publicinput.Signed(1)})
	if _, root := Climb(publicinput.Signed(1), last, deep.Path(last)); root != deep.Root() {
		t.Fatal("the path of the last leaf misses the root")
	}
}
