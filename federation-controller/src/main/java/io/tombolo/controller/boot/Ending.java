package io.tombolo.controller.boot;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of an orderly end. One that fails is told of, and the next ones are done all the same. */
final class Ending {
    private static final Logger LOG = LoggerFactory.getLogger(Ending.class);

    private Ending() {}

    static void inOrder(Runnable... steps) {
        for (Runnable step : steps) {
            try {
                step.run();
            } catch (RuntimeException failed) {
                LOG.atWarn().setCause(failed).log("a part does not end as it should");
            }
        }
    }
}
