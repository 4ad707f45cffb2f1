package io.bulwark.research.wall;

import io.bulwark.api.door.Money;
import java.util.List;
import java.util.Optional;

/**
 * The replay wall: a book taken through what happened on other days.
 *
 * @param book which
 * @param fund what stands in the fund before any member is called
 * @param events in the order of their dates
 */
public record WallAnswer(String book, Money fund, List<Event> events) {
    /** Copies the events. */
    public WallAnswer {
        events = List.copyOf(events);
    }

    /**
     * One event.
     *
     * @param event how it is asked for
     * @param date of it
     * @param title for people
     * @param source where its figures are from
     * @param market what moving prices do; empty where a symbol lost its worth
     * @param collateral what a symbol that is not what it said does; empty where prices moved
     * @param venues what each venue of the book would do on the day as one did then, beside what prices do; none of a drawn book, or where
     *     nothing of the kind is known
     */
    public record Event(
            String event,
            String date,
            String title,
            String source,
            Optional<MarketLoss> market,
            Optional<CollateralLoss> collateral,
            List<VenueLoss> venues) {
        /** Copies. */
        public Event {
            venues = List.copyOf(venues);
        }
    }

    /**
     * What one venue does on its own on a day when prices move.
     *
     * @param venue its name
     * @param happened gone, with what stands there; or deleveraged, winning positions there closed on the way
     * @param claim on the venue that is lost; 0 where it stands
     * @param loss of everybody who loses
     * @param beyondMargin what they lose beyond what they hold, min(E, IM + Buffer) each
     * @param beyondUncharged the same if the margin charged nothing of what venues may do
     * @param beyondEquity what they lose beyond all that they have
     * @param sized what the fund counts for the failure of this venue, on replays too where governance says so; empty where it did not fail
     */
    public record VenueLoss(
            String venue,
            String happened,
            Money claim,
            Money loss,
            Money beyondMargin,
            Money beyondUncharged,
            Money beyondEquity,
            Optional<Money> sized) {}

    /**
     * What moving prices do.
     *
     * @param moves of the day by coin
     * @param path how the way there is known
     * @param loss of everybody who loses, before anybody is sold
     * @param marginHeld what they hold against it, min(E, IM + Buffer) each
     * @param uncovered what they lose beyond it
     * @param payers who pays that, in order; the last is nobody
     * @param atOnce the cascade where everything that must be sold is sold at once
     * @param inBatches the cascade at the governed speed
     * @param recovery both again for other speeds of recovery
     * @param reproduction how fast the cascade feeds itself
     * @param exhaustedAtPpm the smallest multiple of the event, ppm, whose losses beyond equity, second round included, are more than the fund; empty up to five times the event
     */
    public record MarketLoss(
            List<Move> moves,
            String path,
            Money loss,
            Money marginHeld,
            Money uncovered,
            List<Payer> payers,
            Cascade atOnce,
            Cascade inBatches,
            List<Recovery> recovery,
            Reproduction reproduction,
            Optional<Integer> exhaustedAtPpm) {
        /** Copies the lists. */
        public MarketLoss {
            moves = List.copyOf(moves);
            payers = List.copyOf(payers);
            recovery = List.copyOf(recovery);
        }
    }

    /**
     * A coin on the day.
     *
     * @param coin name
     * @param ppm relative move
     */
    public record Move(String coin, int ppm) {}

    /**
     * A layer behind the margin.
     *
     * @param layer name
     * @param paid by it
     */
    public record Payer(String layer, Money paid) {}

    /**
     * What became of the book along the path.
     *
     * @param uncovered beyond equity, all accounts
     * @param impactCost of sales and purchases against the path's own prices
     * @param forcedFlow sold and bought by force
     * @param liquidated accounts sold in part or whole
     * @param insolvent accounts that end with less than nothing
     * @param lowest price of each coin, displacement included, as a move in ppm
     * @param moments until everything was sold
     */
    public record Cascade(
            Money uncovered,
            Money impactCost,
            Money forcedFlow,
            int liquidated,
            int insolvent,
            List<Move> lowest,
            int moments) {
        /** Copies the moves. */
        public Cascade {
            lowest = List.copyOf(lowest);
        }
    }

    /**
     * Both regimes in a market that recovers otherwise.
     *
     * @param keptPpm share of the displacement that is left when the next slice is sold: 0 is instant recovery, 10⁶ none
     * @param atOnce uncovered
     * @param inBatches uncovered
     * @param impactAtOnce cost
     * @param impactInBatches cost
     */
    public record Recovery(int keptPpm, Money atOnce, Money inBatches, Money impactAtOnce, Money impactInBatches) {}

    /**
     * R of the cascade where the day's moves come at once: between two certified bounds at its end, and the largest on the way.
     *
     * @param lowerPpm at least
     * @param upperPpm at most
     * @param alongPpm between two rounds
     */
    public record Reproduction(long lowerPpm, long upperPpm, long alongPpm) {}

    /**
     * What a symbol that is not what it said does.
     *
     * @param symbol of the event
     * @param dropPpm share of its worth that it lost
     * @param own what its chain does to this book; empty where nothing of it is listed
     * @param worst the same loss for the listed symbol on which most rests; empty where no collateral is listed
     */
    public record CollateralLoss(String symbol, int dropPpm, Optional<Chain> own, Optional<Chain> worst) {}

    /**
     * A chain of collateral.
     *
     * @param symbol its root
     * @param chain the symbol and every listed claim on it
     * @param exposure held along the chain
     * @param uncovered lost beyond margin
     */
    public record Chain(String symbol, List<String> chain, Money exposure, Money uncovered) {
        /** Copies the chain. */
        public Chain {
            chain = List.copyOf(chain);
        }
    }
}
