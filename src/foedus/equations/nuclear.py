"""Nuclear path: exploring, pursuing, arming, being struck first, turning back (section 3.10, R09, R22)."""

from __future__ import annotations

import numpy as np

from foedus.equations.choice import Number, log_odds, logistic


def arsenal(warheads: Number, half: Number) -> Number:
    """How much of the threat that any number of warheads could be an arsenal is, 0-1.

    warheads  how many the adversary has, 0 or more
    half      warheads that are half of that threat, above 0

    Both broadcast. A few tens can destroy what a small or middling state has, and more add ever less. Unchecked: a half
    of 0 without warheads divides zero by zero.
    Source: this project's form; on small arsenals, Bundy (1984).
    """
    return warheads / (warheads + half)


def peril(hostility: Number, losing: Number, arsenal: Number, arsenal_weight: Number) -> Number:
    """Threat that a challenger is to a state that considers the bomb, 0-1: by its forces, and by its arsenal.

    hostility       of the challenger toward it, 0-1
    losing          chance of losing to it alone, times how near it is, 0-1
    arsenal         from `arsenal`, 0-1; 0 for a challenger without nuclear weapons
    arsenal_weight  what a full arsenal adds, 0-1: 1 threatens as much as a defeat that is certain

    All broadcast. Either suffices: a state that would win every battle can still be bombed. With a weight of 0 the
    challenger's arsenal counts for nothing. Unchecked: arguments outside 0-1 leave it.
    Sources: Jo and Gartzke (2007) on nuclear rivals; the union of the two is this project's form.
    """
    return hostility * (1.0 - (1.0 - losing) * (1.0 - arsenal_weight * arsenal))


def shelter(losing: Number, promise_as_seen: Number, weight: Number) -> Number:
    """Share of its chance to pursue that the danger of being stopped first leaves a state, 0-1.

    losing           chance that its worst challenger would win against it alone, 0-1
    promise_as_seen  chance that challenger gives to the guarantor fighting, 0-1
    weight           what a sure defeat without a protector takes off, 0-1

    All broadcast. Unchecked: arguments outside 0-1 leave it.
    Source: Debs and Monteiro (2017): weak and unprotected states are stopped, or foresee it. The form is this
    project's.
    """
    return 1.0 - weight * losing * (1.0 - promise_as_seen)


def opinion_next(opinion: Number, rest: Number, fading: Number, doubt: Number) -> Number:
    """Public support for own nuclear arms after a year, -1 to 1.

    opinion  now, -1 to 1
    rest     to which it returns: that of the start, higher once a neighbour has armed
    fading   share of the distance to it that is closed in a year, 0-1
    doubt    what doubt beyond that of the start adds in the year, any sign

    All broadcast. Unchecked: what leaves -1 to 1 is held at its end.
    Source: this project's form; on what moves it, polls in South Korea (Dalton et al. 2022).
    """
    return np.clip(rest + (opinion - rest) * (1.0 - fading) + doubt, -1.0, 1.0)


def elite_support(opinion: Number, elite_share: Number) -> Number:
    """Log-odds of support for own nuclear arms among those who decide, any sign.

    opinion      public support, -1 nobody to 1 everybody
    elite_share  how much of the public's log-odds they share, 0-1: costs that a poll does not name weigh with them

    Both broadcast. Unchecked: support counts as 5 to 95 %.
    Source: in Seoul 74 % of adults and 34 % of elites were for them (2024-25); this project's form.
    """
    return elite_share * log_odds(0.5 * (1.0 + opinion), 0.05)


def chance_to_explore(
    baseline: Number,
    threat: Number,
    threat_weight: Number,
    latency: Number,
    latency_weight: Number,
    umbrella_doubt: Number,
    doubt_weight: Number,
    withdrawn: Number,
    withdrawal_weight: Number,
    opinion: Number,
    opinion_weight: Number,
    treaty_weight: Number,
    leverage: Number,
    leverage_weight: Number,
    neighbours: Number,
    contagion: Number,
) -> Number:
    """Yearly chance, 0-1, that a state begins to explore, and once exploring to pursue, the bomb (h01, h12).

    baseline         log-odds with all else at zero
    threat           from `peril`, 0-1
    threat_weight    log-odds of full threat
    latency          what it could already build, 0-1
    latency_weight   log-odds of full latency
    umbrella_doubt   one minus the believed chance of nuclear protection, 0-1; it counts times threat
    doubt_weight     log-odds of full doubt under full threat
    withdrawn        share of the guarantee withdrawn since the start, 0-1; it counts times threat
    withdrawal_weight  log-odds of a full withdrawal under full threat
    opinion          log-odds of support among those who decide, any sign (`elite_support`)
    opinion_weight   log-odds per unit of it
    treaty_weight    log-odds that non-proliferation obligations take off
    leverage         guarantor's hold over the ally, 0-1 (Gerzhoy 2015; Debs and Monteiro 2017)
    leverage_weight  log-odds that a full hold takes off
    neighbours       how many challengers and new proliferators of the region pursue or are armed, 0 or more
    contagion        log-odds per unit of ln(1 + neighbours)

    All broadcast; weights of any sign. Unchecked: neighbours below -1 give NaN; the rest is weighed as it is.
    Sources: Singh and Way (2004); Bleek and Lorber (2014); Bell (2016) on how weakly these predict; on withdrawal, what
    elites in Seoul say (Cha 2024).
    """
    return logistic(
        baseline
        + threat_weight * threat
        + latency_weight * latency
        + (doubt_weight * umbrella_doubt + withdrawal_weight * withdrawn) * threat
        + opinion_weight * opinion
        - treaty_weight
        - leverage_weight * leverage
        + contagion * np.log1p(neighbours)
    )


def opinion_at_start(share: Number, unpolled: Number) -> Number:
    """Public support for own nuclear arms, -1 to 1, from the share of adults who want them; halves balance at 0.

    share     0-1, NaN where no poll is known
    unpolled  the share that is assumed there, 0-1

    Both broadcast. Unchecked: shares beyond 0 to 1 are mapped on.
    Source: this project's form.
    """
    return 2.0 * np.where(np.isnan(share), unpolled, share) - 1.0


def means(spending: Number, most: Number, cost: Number) -> Number:
    """How far a state could pay for a programme, 0-1: the most it could spare over what one costs in a year.

    spending  military spending, billion USD at purchasing power, 0 or more
    most      largest share of it that a programme could take, 0-1
    cost      yearly cost of a programme, billion USD, above 0

    All broadcast. Unchecked: a cost of 0 divides by zero; negative spending gives a negative share. The United
    Kingdom's deterrent takes 6 % of its defence budget to run (House of Commons Library 2024).
    """
    return np.minimum(most * spending / cost, 1.0)


def breakout_rate(years_without_latency: Number, latency: Number, latency_speed: Number) -> Number:
    """Stages of an Erlang(3) programme completed a year, above 0; latency shortens it.

    years_without_latency  mean years from decision to weapon without latency, above 0
    latency                what the state could already build, 0-1
    latency_speed          log by which full latency shortens the years, any sign

    All broadcast. Unchecked: years of 0 divide by zero, negative ones give a negative rate.
    Source: this project's form; on Japan's latency, Lewis (2014).
    """
    return 3.0 / (years_without_latency * np.exp(-latency_speed * latency))


def stages_done(luck: Number, rate: Number) -> Number:
    """Stages of a programme finished in a year, 0 to 3: a Poisson count, read off one uniform draw.

    luck  uniform draw, 0-1; low luck finishes more
    rate  mean stages a year, 0 or more, from `breakout_rate`

    Both broadcast. Unchecked: a negative rate finishes none. More than three in a year count as three.
    Source: stages finished at a constant rate, inverted.
    """
    none = np.exp(-rate)
    one, two = 1.0 - none, 1.0 - none * (1.0 + rate)
    three = two - none * rate * rate / 2.0
    return np.asarray(luck < one, dtype=float) + (luck < two) + (luck < three)


def chance_of_reversal(base: Number, reassurance: Number, leverage: Number) -> Number:
    """Yearly chance, 0-0.9, that a programme is given up; reassurance and leverage raise it.

    base         yearly chance with reassurance and leverage summing to one half, 0-0.9
    reassurance  believed promise of the guarantor, 0-1
    leverage     guarantor's hold over the ally, 0-1

    All broadcast. Unchecked: what leaves 0-0.9 is held at its end.
    Source: this project's form; base rate from Bleek (2017).
    """
    return np.clip(base * (0.5 + reassurance + leverage), 0.0, 0.9)


def chance_of_preventive_attack(
    caution: Number,
    at_war: Number,
    hostility: Number,
    hostility_weight: Number,
    shift: Number,
    shift_weight: Number,
    defence: Number,
    defence_weight: Number,
    promise_as_seen: Number,
    promise_weight: Number,
) -> Number:
    """Yearly chance, 0-1, that a challenger strikes a programme in pursuit.

    caution           log-odds against striking with all else at zero, in peace: a strike could begin a war
    at_war            1 when the two are at war, else 0: a strike then begins nothing, and caution is gone
    hostility         of the challenger toward the target, 0-1
    hostility_weight  log-odds of full hostility
    shift             fall in the challenger's prospects once the target is armed, 0 or more
    shift_weight      log-odds per unit of that fall
    defence           target's chance of beating the strike, 0-1
    defence_weight    log-odds that a sure defence takes off
    promise_as_seen   chance the challenger gives to the guarantor fighting, 0-1
    promise_weight    log-odds that a sure promise takes off

    All broadcast; weights of any sign. Unchecked: any finite argument is weighed as it is.
    Source: Fuhrmann and Kreps (2010), on strikes in war and in peace; that war takes all caution is assumed.
    """
    return logistic(
        -caution * (1.0 - at_war)
        + hostility_weight * hostility
        + shift_weight * shift
        - defence_weight * defence
        - promise_weight * promise_as_seen
    )
