using System.Globalization;

namespace Sim.Scoreboard;

/// <summary>
/// Figures of others, the only ones here that were typed in: the mean number of schedules to the first failure, with the
/// number of trials that found it, of 20, in brackets if not all did. <c>-</c> = no figure.
/// </summary>
internal static class Published
{
    // "SURW artifact": recomputed from the published raw results of the paper on selectively uniform random walks, 20
    // trials, cap 10,000. Program, RW, POS, PCT3, PCT10, URW, SURW.
    private const string ArtifactTable =
        """
        account         18        4         4         4         3         6
        carter01        1         2         5         3         -         -
        circular_buffer 4         2         9         5         14        3
        queue           1         1         3         2         2         2
        deadlock01      3         4         13        7         3         2
        lazy01          21        5         5         5         4         2
        wronglock       36        10        51        20        4         7
        wronglock_3     36        11        58        14        5         9
        twostage        464       15        13        9         9         8
        twostage_20     0/20      156       159       101       24        6
        twostage_50     0/20      1637      1676      692       93        20
        reorder_3       0/20      86        185       148       24        7
        reorder_4       0/20      533       554       362       22        7
        reorder_5       0/20      2169      647       1094      27        10
        reorder_10      0/20      0/20      3225(16)  4462(12)  74        17
        reorder_20      0/20      0/20      3005      3297(17)  10        6
        reorder_50      0/20      0/20      3304(6)   9422(1)   75        13
        stringbuffer    2243(19)  23        281       26        834       8
        boundedBuffer   7         5         20        6         7         9
        qsort_mt        3442(19)  3004(18)  4714(14)  3689(15)  297       3048(19)
        """;

    // Measured with Shuttle 0.9, 20 seeds, cap 10,000. Program, RW, PCT3, PCT10, URW. For the philosophers the source has
    // one range for 3, 5 and 7 of them; its upper end stands here.
    private const string ShuttleTable =
        """
        account         6.0       4.0       3.5       4.4
        deadlock01      3.8       7.5       2.0       2.7
        lazy01          1.6       1.0       1.0       2.2
        wronglock       3.5       22.3      5.4       1.0
        wronglock_3     1.0       2.6       2.0       1.0
        twostage        3.7       5.6       2.7       3.0
        twostage_20     65.6      56.5      32.1      2.7
        reorder_3       12.8      8.0       16.8      4.7
        reorder_4       20.9      26.9      10.9      4.2
        reorder_5       88.5      45.1      25.8      8.1
        reorder_10      4348(1)   692       351       15.8
        reorder_20      0/20      4831(19)  2407(18)  56.4
        din_phil_3      1.1       2.8       2.0       1.1
        din_phil_5      1.1       2.8       2.0       1.1
        din_phil_7      1.1       2.8       2.0       1.1
        """;

    public static PublishedTable Artifact { get; } = Read("SURW artifact", ArtifactTable, ["RW", "POS", "PCT3", "PCT10", "URW", "SURW"]);

    public static PublishedTable Shuttle { get; } = Read("Shuttle", ShuttleTable, ["RW", "PCT3", "PCT10", "URW"]);

    private static PublishedTable Read(string source, string table, string[] titles)
    {
        var cells = new Dictionary<(string Program, string Title), PublishedCell>();
        foreach (var line in table.Split('\n'))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            for (var i = 0; i < titles.Length; i++)
            {
                if (words[i + 1] != "-")
                {
                    cells.Add((words[0], titles[i]), Cell(words[i + 1]));
                }
            }
        }

        return new PublishedTable(source, titles, cells);
    }

    private static PublishedCell Cell(string word)
    {
        var parts = word.Split('(', ')');
        return word == "0/20"
            ? new PublishedCell(word, null, 0)
            : new PublishedCell(
                parts.Length > 1 ? $"{parts[0]} ({parts[1]})" : word,
                double.Parse(parts[0], CultureInfo.InvariantCulture),
                parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 20);
    }
}
