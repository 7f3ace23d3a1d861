package io.tombolo.controller.boot;

import io.tombolo.model.catalog.HostPort;

/** Tells users, scripts and other programs where this controller listens. */
final class Announcement {
    private Announcement() {}

    static void make(Rooms rooms) {
        Settings settings = rooms.settings();
        int port = apiPort();
        // For who is on this machine, where the context is written: the advertised host may be reached from outside
        // only.
        String api = "https://" + new HostPort(Reach.hereHost(settings.api().host()), port);
        settings.contextFile()
                .ifPresent(file -> ContextFile.write(
                        file,
                        new ContextFile.Entry(
                                settings.cluster().cluster().value(),
                                api,
                                rooms.ca().pin().toString(),
                                rooms.accessTokens().operatorFile(),
                                settings.cluster().cluster().value())));
        rooms.state().ready(json(rooms, port));
        System.out.println("controller ready cluster=" + settings.cluster().cluster() + " api=" + api + " proxies="
                + rooms.proxiesAddress() + " enrolment=" + rooms.enrolmentAddress());
        System.out.flush();
    }

    /** The real one, once Quarkus was told. */
    static int apiPort() {
        return Integer.parseInt(System.getProperty("quarkus.http.ssl-port", "15080"));
    }

    private static String json(Rooms rooms, int apiPort) {
        return "{\"program\":\"controller\",\"cluster\":\""
                + rooms.settings().cluster().cluster() + "\",\"pid\":"
                + ProcessHandle.current().pid() + ",\"apiPort\":" + apiPort + ",\"proxiesPort\":"
                + rooms.proxiesAddress().port() + ",\"enrolmentPort\":"
                + rooms.enrolmentAddress().port() + "}";
    }
}
