using System.Globalization;

namespace Sim.Clock;

/// <summary>The one text form of lengths of time, used in traces, reports and messages.</summary>
public static class Durations
{
    /// <summary>
    /// Seconds with millisecond digits, and as many further digits (to 100 ns) as are not zero: <c>1.500s</c>,
    /// <c>0.0000001s</c>, <c>3600.000s</c>. Independent of culture.
    /// </summary>
    public static string Format(TimeSpan length)
    {
        var ticks = (Int128)length.Ticks;
        var sign = ticks < 0 ? "-" : "";
        var magnitude = ticks < 0 ? -ticks : ticks;
        var seconds = (long)(magnitude / TimeSpan.TicksPerSecond);
        var fraction = (long)(magnitude % TimeSpan.TicksPerSecond);
        var digits = fraction.ToString("D7", CultureInfo.InvariantCulture).TrimEnd('0').PadRight(3, '0');
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{seconds}.{digits}s");
    }
}
