package account

import (
	"math/big"
	"math/rand/v2"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/internal/tabletest"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/plain/risktable"
	"bulwark.io/circuits/plain/tree"
)

// small is the shape of the fast tests, tiny that of the one key that they set up; both openings of each.
var (
	small          = Shape{Positions: 3, Lines: 2, Groups: 3, Depth: 2, Opening: Direct, Structure: tabletest.Small(32)}
	smallChallenge = withOpening(small, Challenge)
	tiny           = Shape{Positions: 1, Lines: 1, Groups: 2, Depth: 1, Opening: Direct, Structure: tabletest.Small(1)}
	tinyChallenge  = withOpening(tiny, Challenge)
	smallCompact   = withOpening(small, Compact)
	buffered       = withTariff(small)
	smallBuffered  = withTariff(smallChallenge)

	atVenues        = withVenues(small)
	smallAtVenues   = withVenues(smallChallenge)
	compactAtVenues = withVenues(smallCompact)

	bufferedAtVenues = withVenues(buffered)

	shallow          = atDepthFour(atVenues)
	shallowChallenge = atDepthFour(smallAtVenues)
	shallowCompact   = atDepthFour(compactAtVenues)
	shallowPlain     = atDepthFour(small)

	wideAtVenues  = wide(small)
	sealedAtMany  = withOpening(wideAtVenues, Challenge)
	compactAtMany = withOpening(wideAtVenues, Compact)
)

// atDepthFour is the shape over a table whose tree has depth 4.
func atDepthFour(shape Shape) Shape {
	shape.Structure.Small = true
	return shape
}

// wide is the small shape for accounts of eight standings, with room for an entry at each of the venues.
func wide(shape Shape) Shape {
	shape = withVenues(shape)
	shape.Positions, shape.Lines, shape.Standings = 6, 4, 8
	return shape
}

// withVenues is the shape over a table that lists venues, for accounts of three standings.
func withVenues(shape Shape) Shape {
	shape.Structure, shape.Standings = tabletest.SmallVenues(shape.Structure.EsRows), 3
	return shape
}

func withTariff(shape Shape) Shape {
	shape.Buffer = BufferShape{Scenarios: tabletest.TariffScenarios, Groups: 8, Entries: 16}
	return shape
}

func withOpening(shape Shape, opening Opening) Shape {
	shape.Opening = opening
	return shape
}

var smallPlan = tabletest.SmallPlan(32)

func boolean(set bool) int64 {
	if set {
		return 1
	}
	return 0
}

func randomElement(random *rand.Rand) (element fr.Element) {
	var bytes [48]byte
	for i := range bytes {
		bytes[i] = byte(random.Uint32())
	}
	element.SetBytes(bytes[:])
	return element
}

// sealRequest puts an account with its secret into an epoch of its own and asks for a claim.
func sealRequest(random *rand.Rand, shape Shape, table *risktable.Table, account publicinput.AccountLeaf, claim publicinput.Statement) Request {
	request := Request{Account: account, Claim: claim, Secret: randomElement(random), OwnerTail: big.NewInt(random.Int64())}
	request.Challenge, request.Scope = publicinput.Signed(random.Int64()), publicinput.Signed(random.Int64())
	request.Account.Salt = randomElement(random)
	request.Account.Owner = publicinput.OwnerOf(request.Secret, account.Number, request.OwnerTail)
	request.Epoch = publicinput.EpochDocument{House: randomElement(random), Number: 1 + random.Int64N(1000), Previous: randomElement(random),
		TableRoot: table.Root, TableSha: table.Sha}
	return reseal(shape, request)
}

// reseal makes the account tree and, of the challenge opening, the request tree anew after a change of the account or the claim.
func reseal(shape Shape, request Request) Request {
	accounts := tree.New(shape.Depth)
	accounts.Update(map[int64]fr.Element{request.Account.Number: request.Account.Hash(), 1: publicinput.Signed(7)})
	if request.Account.Number == 1 {
		accounts.Update(map[int64]fr.Element{1: request.Account.Hash()})
	}
	request.Path, request.Epoch.AccountRoot = accounts.Path(request.Account.Number), accounts.Root()
	return request
}

// requested puts the loss commitment of a request beside others into a request tree, as the house does before it seals.
func requested(shape Shape, table *risktable.Table, request Request) Request {
	if !shape.Opening.Sealed() {
		return request
	}
	salt := publicinput.Signed(815)
	commitment, err := Commit(shape, table, request.Account, request.Claim.Choice, salt)
	if err != nil {
		return request
	}
	requests := tree.New(publicinput.RequestDepth)
	requests.Update(map[int64]fr.Element{4: commitment, 5: publicinput.Signed(99)})
	request.Sealed = &Sealed{Root: requests.Root(), Salt: salt, Place: 4, Path: requests.Path(4)}
	return request
}
