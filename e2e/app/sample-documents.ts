/** Texts written for these specs; each holds facts that occur once. */

export const lease = `LEASE AGREEMENT

1. PARTIES

This agreement is made between Marta Lindqvist, the landlord, and Oskar Brandt, the tenant, for the flat on the third
floor of Harbour Street 12.

2. RENT

The monthly rent is 1,450 euros. It is due on the third working day of each month and is paid by bank transfer. Heating and
water are charged once a year according to use.

3. DEPOSIT

The tenant pays a deposit of three monthly rents. The landlord keeps it in a separate account and returns it with interest
within six months after the end of the lease.

4. NOTICE

The notice period is three months to the end of a quarter. Notice must be given in writing. The landlord may end the lease
without notice when the rent has not been paid for two months in a row.

5. PETS

Cats are welcome. Dogs need the landlord's written consent, which she gives within two weeks or explains in writing why not.

6. REPAIRS

The tenant reports damage without delay. Small repairs of up to 100 euros are paid by the tenant, all others by the landlord.
`;

export const logbook = `# The arrival

The keeper came to the island in April with two trunks, a dog and a letter from the harbour office. The lamp had been dark
since the autumn, and the boat that brought him left before the tide turned. He spent the first week cleaning the lenses
and learning which of the stairs could still carry a man.

# The storm

In November a storm came from the north-west and stayed for three days. On the second night the lamp went out at four in
the morning, because sea water had come into the oil. The keeper carried forty buckets up the stairs and lit it again before
dawn. A fishing boat with six men found the channel by that light.

# The letter

In spring the harbour office wrote that the lamp would be replaced by an electric one, and that a keeper was no longer
needed. He read the letter to the dog, put it under the leg of the table that had always been too short, and went up to
trim the wick. He stayed for another eleven years, and nobody ever came to ask why.
`;
