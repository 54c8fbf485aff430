import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;
import java.util.List;

/**
 * Serves MongoDB's wire protocol on port 27017 of all addresses, as the primary of a replica set of one. Arguments: file, name of the
 * set, host name and port of the member. Ends cleanly on SIGTERM.
 */
class Mongod {
  public static void main(String[] args) {
    MongoServer server = new MongoServer(new Primary(args[0], args[1], args[2]));
    server.bind("0.0.0.0", 27017);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
  }

  private static class Primary extends H2Backend {
    private final String set;
    private final String member;

    Primary(String file, String set, String member) {
      super(file);
      this.set = set;
      this.member = member;
    }

    @Override
    public Document handleCommand(Channel channel, String database, String command, Document query) {
      boolean isHello = command.equals("hello");
      Document answer = super.handleCommand(channel, database, isHello ? "ismaster" : command, query);
      if (!isHello && !command.equalsIgnoreCase("ismaster")) return answer;
      return answer.append("isWritablePrimary", true).append("setName", set).append("setVersion", 1)
          .append("hosts", List.of(member)).append("primary", member).append("me", member);
    }
  }
}
