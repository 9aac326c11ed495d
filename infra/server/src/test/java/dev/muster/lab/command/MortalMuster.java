package dev.muster.lab.command;

import dev.muster.Muster;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.lab.Boards;
import dev.muster.lab.ConsoleLines;
import dev.muster.lab.LabConfigurations;
import dev.muster.lab.PowerSwitches;
import dev.muster.lab.ScriptWords;
import dev.muster.lab.SetupScripts;
import dev.muster.server.AfterHistory;
import dev.muster.updates.ActionViews;
import dev.muster.updates.Reinstallations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.locks.LockSupport;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Muster as it is, but that work on a board stops for ever at a named moment between two steps, so that somebody can kill
 * the process exactly there. In the directory that the setting {@value #MOMENTS} names, a file {@code stop/<board>} holds
 * the moment's name; as soon as the board is there, the file {@code stopped/<board>} is.
 */
public final class MortalMuster {

    public static final String MOMENTS = "test.moments";

    private static final String THREAD = "lab-board-";
    /** The bean that does what was decided about boards, and the place of its beginning among others. */
    private static final String WORK = "boardWork";

    private static final int PLACE = 2;

    private MortalMuster() {}

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(Muster.class);
        BeanFactoryPostProcessor mortal = beans -> replaceKeeper((BeanDefinitionRegistry) beans, beans);
        application.addInitializers(context -> context.addBeanFactoryPostProcessor(mortal));
        application.run(args);
    }

    private static void replaceKeeper(BeanDefinitionRegistry registry, ConfigurableListableBeanFactory beans) {
        registry.removeBeanDefinition(WORK);
        registry.registerBeanDefinition(WORK, new RootBeanDefinition(Work.class, () -> new Work(keeper(beans))));
    }

    private static BoardKeeper keeper(ConfigurableListableBeanFactory beans) {
        Path moments = Path.of(beans.getBean(Environment.class).getRequiredProperty(MOMENTS));
        return new BoardKeeper(new Bench(
                beans.getBean(Commands.class),
                beans.getBean(Boards.class),
                beans.getBean(LabOutcomes.class),
                beans.getBean(Positions.class),
                beans.getBean(LabConfigurations.class),
                beans.getBean(SetupScripts.class),
                beans.getBean(ScriptWords.class),
                beans.getBean(PowerSwitches.class),
                beans.getBean(ConsoleLines.class),
                beans.getBean(Reinstallations.class),
                beans.getBean(ActionViews.class),
                beans.getBean(Clock.class),
                beans.getBean(LabSettings.class),
                point -> stopAt(point, moments)));
    }

    /** The thread that works on a board has its name. */
    private static void stopAt(String point, Path moments) {
        String thread = Thread.currentThread().getName();
        String board = thread.startsWith(THREAD) ? thread.substring(THREAD.length()) : "";
        Path wanted = moments.resolve("stop").resolve(board);
        try {
            if (!board.isEmpty()
                    && Files.exists(wanted)
                    && Files.readString(wanted).strip().equals(point)) {
                Files.createFile(moments.resolve("stopped").resolve(board));
                while (!Thread.currentThread().isInterrupted()) {
                    LockSupport.park();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Work(BoardKeeper keeper) implements AfterHistory, Ordered {

        @Override
        public void begin() {
            keeper.start();
        }

        @Override
        public void end() throws Exception {
            keeper.close();
        }

        @Override
        public int getOrder() {
            return PLACE;
        }
    }
}
