package io.bulwark.research;

import io.bulwark.api.door.StepCommand;
import io.bulwark.research.backtest.BacktestCommand;
import io.bulwark.research.backtest.CalibrateCommand;
import io.bulwark.research.volatility.ForecastCommand;
import io.bulwark.research.volatility.SurfaceCommand;
import io.bulwark.research.wall.WallCommand;
import picocli.CommandLine.Command;

/** The verbs of research. */
@Command(
        name = "research",
        description = "Files in, report out: what is found out about prices, volatility and a book.",
        synopsisSubcommandLabel = "VERB",
        subcommands = {
            CalibrateCommand.class,
            BacktestCommand.class,
            SurfaceCommand.class,
            ForecastCommand.class,
            WallCommand.class
        })
final class ResearchCommand extends StepCommand {}
