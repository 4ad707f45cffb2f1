package io.bulwark.netting.contagion;

import io.bulwark.clearing.money.Ppm;
import io.bulwark.netting.contagion.ContagionAccount.Leg;
import java.math.BigInteger;
import java.util.List;

/**
 * What a delta-hedging account must trade of a group in the direction of a move, per move of 100 %: sell when the price falls, buy when it rises. Read from the deltas of its
 * options by cell: the steepest way from rest to any cell, in any scenario's volatility, so that no move to a cell forces more than the rate says. Long gamma counts as 0.
 */
public final class HedgerGamma {
    private static final BigInteger WHOLE = BigInteger.valueOf(Ppm.ONE);

    private HedgerGamma() {}

    /**
     * (−Γ)⁺ of one account, micro-USD per move of 100 %, rounded up.
     *
     * @param cells moves of the group at which deltas are given, ppm, ascending
     */
    public static long of(ContagionAccount account, List<ContagionSymbol> symbols, int group, List<Integer> cells) {
        List<Leg.Option> options = account.legs().stream()
                .filter(Leg.Option.class::isInstance)
                .map(Leg.Option.class::cast)
                .filter(option -> symbols.get(option.symbol()).group() == group)
                .toList();
        long gamma = 0;
        int scenarios = options.isEmpty() ? 0 : options.getFirst().deltaMicro().size();
        for (int s = 0; s < scenarios; s++) {
            long[] net = new long[cells.size()];
            for (Leg.Option option : options) {
                for (int cell = 0; cell < net.length; cell++) {
                    net[cell] =
                            Math.addExact(net[cell], option.deltaMicro().get(s).get(cell));
                }
            }
            gamma = Math.max(gamma, steepest(net, cells));
        }
        return gamma;
    }

    private static long steepest(long[] net, List<Integer> cells) {
        int rest = 0;
        while (rest < cells.size() - 1 && cells.get(rest + 1) <= 0) {
            rest++;
        }
        long steepest = 0;
        for (int cell = 0; cell < net.length; cell++) {
            long way = (long) cells.get(cell) - cells.get(rest);
            // A delta that falls as the price rises is short gamma, whichever way the price goes.
            BigInteger shed = BigInteger.valueOf(net[rest])
                    .subtract(BigInteger.valueOf(net[cell]))
                    .multiply(BigInteger.valueOf(Long.signum(way)));
            if (shed.signum() > 0) {
                BigInteger[] rate = shed.multiply(WHOLE).divideAndRemainder(BigInteger.valueOf(Math.abs(way)));
                steepest = Math.max(
                        steepest,
                        rate[0].add(BigInteger.valueOf(rate[1].signum())).longValueExact());
            }
        }
        return steepest;
    }
}
