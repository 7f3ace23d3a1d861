package io.tombolo.model.routing;

import java.util.Optional;

/** Which calls are refused when nobody has the capacity for all. */
public sealed interface Shedding {
    /**
     * Divides what is refused.
     * @param shed  0.0 to 1.0 of all calls
     * @param asked how those are made up; empty = not known
     */
    static Shedding of(double shed, Optional<Urgencies> asked) {
        return shed > 0 && asked.isPresent() ? LeastUrgentFirst.of(shed, asked.get()) : new Evenly(shed);
    }

    /**
     * Whether one call is refused.
     * @param urgency of the call, 0 to 7
     * @param random  uniform in [0, 1)
     */
    boolean refuses(int urgency, double random);

    /** For people. */
    String text();

    /**
     * Nobody knows how calls are made up, so all have the same chance.
     * @param part 0.0 to 1.0
     */
    record Evenly(double part) implements Shedding {
        @Override
        public boolean refuses(int urgency, double random) {
            return random < part;
        }

        @Override
        public String text() {
            return Math.round(part * 100) + " %";
        }
    }

    /**
     * What everybody needs goes on.
     * @param urgency what is less urgent (a larger number) is refused, 0 to 7
     * @param part    of what is exactly as urgent that is refused, 0.0 to 1.0
     */
    record LeastUrgentFirst(int urgency, double part) implements Shedding {
        static LeastUrgentFirst of(double shed, Urgencies asked) {
            double left = shed;
            for (int urgency = Urgencies.COUNT - 1; urgency >= 0; urgency--) {
                double there = asked.part(urgency);
                if (left < there) {
                    return new LeastUrgentFirst(urgency, left / there);
                }
                left -= there;
            }
            return new LeastUrgentFirst(0, 1);
        }

        @Override
        public boolean refuses(int callUrgency, double random) {
            return callUrgency > urgency || callUrgency == urgency && random < part;
        }

        @Override
        public String text() {
            String some = Math.round(part * 100) + " % of urgency " + urgency;
            return urgency == Urgencies.COUNT - 1 ? some : some + " and all that is less urgent";
        }
    }
}
