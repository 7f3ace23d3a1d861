package io.tombolo.controller.identity;

import java.util.Optional;

/** The membership as it is now, and on disk. Reading never blocks; writing is fsynced. */
public final class CurrentMembership {
    private final MembershipFile file;
    private volatile Optional<Membership> current;

    public CurrentMembership(StateDirectory directory) {
        this.file = new MembershipFile(directory);
        this.current = file.read();
    }

    /** Also one that ended. */
    public Optional<Membership> get() {
        return current;
    }

    /** Only while it lasts. */
    public Optional<Membership> active() {
        return current.filter(Membership::active);
    }

    public synchronized void set(Membership membership) {
        file.write(membership);
        current = Optional.of(membership);
    }
}
