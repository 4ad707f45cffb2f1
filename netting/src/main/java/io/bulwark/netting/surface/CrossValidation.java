package io.bulwark.netting.surface;

import io.bulwark.netting.surface.SurfaceFit.SurfacePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How well surfaces price quotes that they have not seen: five fixed folds, every fifth quote of the chain by expiry and strike
 * held out in turn, everything fitted anew on the other four fifths.
 *
 * @param single one extended SSVI surface
 * @param mixture the fitted surface of the house: two of them mixed in price
 * @param learned the mixture with its learned residual, or without where its rules refuse it
 * @param used in how many folds the residual was used
 */
public record CrossValidation(FitStatistics single, FitStatistics mixture, FitStatistics learned, int used) {
    private static final int FOLDS = 5;
    private static final FitStatistics NOTHING = new FitStatistics(0, 0, 0, 0, 0);

    /** Over the usable quotes of a fit; empty where a fold leaves no expiry with six. */
    public static Optional<CrossValidation> of(SurfaceFit fit, long atMillis, SurfaceLimits parameters) {
        FitStatistics single = NOTHING;
        FitStatistics mixture = NOTHING;
        FitStatistics learned = NOTHING;
        int used = 0;
        for (int fold = 0; fold < FOLDS; fold++) {
            List<SurfacePoint> seen = new ArrayList<>();
            List<SurfacePoint> held = new ArrayList<>();
            for (int i = 0; i < fit.points().size(); i++) {
                (i % FOLDS == fold ? held : seen).add(fit.points().get(i));
            }
            Optional<EssviSurface> one = SurfaceFit.single(seen);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            MixtureSurface mixed = SurfaceFit.through(seen).orElseThrow();
            LearnedFit residual = LearnedFit.of(
                    new SurfaceFit(mixed, seen, List.of(), FitStatistics.of(mixed, seen)), atMillis, parameters);
            single = single.and(FitStatistics.of(one.orElseThrow(), held));
            mixture = mixture.and(FitStatistics.of(mixed, held));
            learned = learned.and(FitStatistics.of(residual.surface(), held));
            used += residual.verdict() == SurfaceCard.Verdict.USED ? 1 : 0;
        }
        return Optional.of(new CrossValidation(single, mixture, learned, used));
    }
}
