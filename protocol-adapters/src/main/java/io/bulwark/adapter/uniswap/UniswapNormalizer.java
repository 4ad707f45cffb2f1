package io.bulwark.adapter.uniswap;

import static io.bulwark.adapter.uniswap.PoolPrice.DIGITS;

import io.bulwark.adapter.AssetEntry;
import io.bulwark.adapter.evm.EvmAnswers;
import io.bulwark.adapter.uniswap.UniswapPayload.Pool;
import io.bulwark.adapter.uniswap.UniswapPayload.Position;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.HeldClaim;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** From positions to what they are worth at least: two coins each. */
record UniswapNormalizer(UniswapVenue.Configuration configuration, UniswapCalls calls) {
    private static final int PPM_PLACES = 6;

    UniswapNormalizer(UniswapVenue.Configuration configuration) {
        this(configuration, new UniswapCalls(configuration));
    }

    VenueSnapshot normalise(RawSnapshot raw, Listing listing) {
        String user = raw.account().address();
        if (user.equals(VenueAccount.MARKET)) {
            return new VenueSnapshot(raw, List.of(), List.of(), EvidenceGrade.UNSIGNED);
        }
        EvmAnswers answers = EvmAnswers.of(UniswapVenue.KIND, raw);
        UniswapPayload payload = UniswapPayload.of(configuration, calls, answers, user);
        EvidenceGrade grade = EvidenceGrade.UNSIGNED;
        if (configuration.proofs()) {
            new UniswapEvidence(configuration, answers, user, payload).require();
            grade = EvidenceGrade.STORAGE_PROOF;
        }
        List<Holding> holdings = new ArrayList<>();
        for (BigInteger id : payload.positions().keySet()) {
            Position position = Objects.requireNonNull(payload.positions().get(id));
            Pool pool = Objects.requireNonNull(payload.pools().get(position.pool()));
            String book = "position " + id;
            UniswapVenue.Configuration.Pool known = known(position);
            credited(position, pool).ifPresent(chord -> {
                hold(
                        holdings,
                        listing,
                        known.first(),
                        new Amount(chord.first(), known.firstDecimals()),
                        claim(book, user, pool.first()));
                hold(
                        holdings,
                        listing,
                        known.second(),
                        new Amount(chord.second(), known.secondDecimals()),
                        claim(book, user, pool.second()));
            });
        }
        return new VenueSnapshot(raw, holdings, List.of(), grade);
    }

    /** What a position is credited with, raw units; empty while its pool's price is away from its own average. */
    private Optional<LiquidityChord> credited(Position position, Pool pool) {
        UniswapVenue.Configuration.Pool known = known(position);
        if (Math.abs((long) pool.tick() - pool.meanTick()) > known.apartTicks()) {
            return Optional.empty();
        }
        BigDecimal least = PoolPrice.at(pool.meanTick() - known.apartTicks())
                .multiply(BigDecimal.ONE.subtract(BigDecimal.valueOf(known.fallPpm(), PPM_PLACES)), DIGITS);
        BigDecimal most = PoolPrice.at(pool.meanTick() + known.apartTicks())
                .multiply(BigDecimal.ONE.add(BigDecimal.valueOf(known.risePpm(), PPM_PLACES)), DIGITS);
        LiquidityChord chord = LiquidityChord.of(position.liquidity(), position.lower(), position.upper(), least, most);
        return Optional.of(new LiquidityChord(
                chord.first().add(position.firstOwed()), chord.second().add(position.secondOwed())));
    }

    private HeldClaim claim(String book, String user, String coin) {
        return new HeldClaim(configuration.chainId(), configuration.manager(), book, user, coin);
    }

    private void hold(List<Holding> holdings, Listing listing, String asset, Amount quantity, HeldClaim claim) {
        EvidenceGrade grade = configuration.proofs() ? EvidenceGrade.STORAGE_PROOF : EvidenceGrade.UNSIGNED;
        if (quantity.signum() != 0) {
            AssetEntry.named(listing, asset, grade)
                    .ifPresent(entry ->
                            holdings.add(new Holding.Collateral(entry.number(), quantity, Optional.of(claim))));
        }
    }

    private UniswapVenue.Configuration.Pool known(Position position) {
        return Objects.requireNonNull(configuration.pools().get(position.pool()), "only configured pools are read");
    }
}
