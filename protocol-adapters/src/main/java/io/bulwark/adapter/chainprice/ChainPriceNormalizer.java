package io.bulwark.adapter.chainprice;

import com.esaulpaugh.headlong.abi.Tuple;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.chainprice.ChainPriceVenue.Configuration.Average;
import io.bulwark.adapter.chainprice.ChainPriceVenue.Configuration.Round;
import io.bulwark.adapter.evm.EvmAnswers;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** From rounds and observations to index prices, each at its own feed's time, or to a refusal: a price that is not one is never used in silence. */
record ChainPriceNormalizer(ChainPriceVenue.Configuration configuration, ChainPriceCalls calls) {
    ChainPriceNormalizer(ChainPriceVenue.Configuration configuration) {
        this(configuration, new ChainPriceCalls(configuration));
    }

    VenueSnapshot normalise(RawSnapshot raw) {
        EvmAnswers answers = EvmAnswers.of(ChainPriceVenue.KIND, raw);
        long seconds = raw.horizon().timeMillis() / 1000;
        List<PriceReport> reports = new ArrayList<>();
        configuration
                .rounds()
                .forEach((feed, round) -> reports.add(round(round, answers.tuple(calls.round(feed)), seconds)));
        configuration
                .averages()
                .forEach((pool, average) ->
                        reports.add(average(average, answers.tuple(calls.observations(pool, average)), seconds)));
        return new VenueSnapshot(raw, List.of(), reports, EvidenceGrade.UNSIGNED);
    }

    private PriceReport round(Round round, Tuple latest, long seconds) {
        BigInteger id = latest.get(0);
        BigInteger answer = latest.get(1);
        BigInteger updated = latest.get(3);
        BigInteger answeredIn = latest.get(4);
        require(round.subject(), "roundId", id, id.signum() > 0, "must be > 0: the feed never answered");
        require(
                round.subject(),
                "answeredInRound",
                answeredIn,
                answeredIn.compareTo(id) >= 0,
                "must not be before the round");
        BigInteger age = BigInteger.valueOf(seconds).subtract(updated);
        require(round.subject(), "updatedAt", updated, age.signum() >= 0, "must not be after the block's time");
        require(
                round.subject(),
                "updatedAt",
                updated,
                age.compareTo(BigInteger.valueOf(round.heartbeatSeconds())) <= 0,
                "must be at most the feed's heartbeat of " + round.heartbeatSeconds() + " s before the block's "
                        + seconds);
        require(round.subject(), "answer", answer, answer.signum() > 0, "must be > 0");
        Amount price = new Amount(answer, round.decimals());
        require(
                round.subject(),
                "answer",
                answer,
                price.compareTo(round.least()) > 0 && price.compareTo(round.most()) < 0,
                "must lie between the feed's bounds " + round.least() + " and " + round.most()
                        + ", or it is pinned there");
        return report(round.subject(), price, updated.longValueExact());
    }

    private PriceReport average(Average average, Tuple observed, long seconds) {
        long[] ticks = observed.get(0);
        BigInteger[] perLiquidity = observed.get(1);
        // Accumulators wrap by design; their difference over a window does not.
        BigInteger idle = perLiquidity[1].subtract(perLiquidity[0]).mod(BigInteger.TWO.pow(160));
        require(average.subject(), "secondsPerLiquidity", idle, idle.signum() > 0, "must grow over the window");
        PoolAverage mean = new PoolAverage(average, Math.subtractExact(ticks[1], ticks[0]), idle);
        Amount cost = mean.cost();
        require(
                average.subject(),
                "cost of one per cent",
                cost,
                cost.compareTo(average.costLeast()) >= 0,
                "must be at least " + average.costLeast() + " USD, or the average is for sale");
        return report(average.subject(), mean.price(), seconds);
    }

    private PriceReport report(String subject, Amount price, long seconds) {
        return new PriceReport(
                configuration.venue(), Measure.INDEX_PRICE, subject, price, Math.multiplyExact(seconds, 1000L));
    }

    private static void require(String subject, String field, Object value, boolean holds, String rule) {
        if (!holds) {
            throw new PayloadRefused(ChainPriceVenue.KIND, field + " of " + subject, value.toString(), rule);
        }
    }
}
